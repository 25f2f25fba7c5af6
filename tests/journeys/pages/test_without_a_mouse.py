"""What the pages promise beside axe: they work without JavaScript and by keyboard alone, and they are small."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from sqlmodel import select

from models.case import Case
from models.database import Database
from models.link import LinkPurpose
from models.queries.cases import by_ref, timeline
from tests import databases
from tests.journeys.pages.readers import Readers, full_house
from tests.journeys.pages.screen import DESK, PHONE, browsing

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]
MOST_ON_STAFF_PAGES, MOST_ON_PHONES = 100_000, 60_000  # bytes of everything that a page transfers
OUTLINE = """() => { const one = document.activeElement, how = getComputedStyle(one);
  return [one.tagName, one.getAttribute('tabindex'), how.outlineStyle !== 'none' && parseFloat(how.outlineWidth) > 0
    || how.boxShadow !== 'none'] }"""
PLACE = """() => { const box = document.activeElement.getBoundingClientRect();
  return [Math.round(box.top + scrollY), Math.round(box.left)] }"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, database_server: str | None) -> Iterator[Readers]:
    """One house for all of these."""
    folder: Path = tmp_path_factory.mktemp("house")
    with databases.fresh(folder, database_server) as database, full_house(database) as readers:
        yield readers


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all of these; it holds the event loop of this thread while it lives."""
    with browsing() as browser:
        yield browser


@contextmanager
def window(
    house: Readers, browser: Browser, cookies: dict[str, str], size: tuple[int, int] = DESK, *, script: bool = True
) -> Iterator[Page]:
    """A window of whoever has these cookies."""
    context: BrowserContext = browser.new_context(
        base_url=house.url, viewport={"width": size[0], "height": size[1]}, java_script_enabled=script
    )
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": name, "value": value, "url": house.url} for name, value in cookies.items()])
    yield context.new_page()
    context.close()


def go_on(page: Page) -> None:
    """The next page of the intake."""
    page.locator("button.btn-primary[name=_go][value=next]").click()


def taken_in(page: Page) -> str:
    """Start a case, page by page. Gives its reference."""
    page.goto("/")
    page.get_by_role("link", name="Start a case").click()
    page.get_by_label("Name", exact=False).first.fill("Petrenko")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Begin a new intake").click()
    page.locator("[name='contact.channel'][value=sms]").check()
    page.locator("[name='contact.address']").fill("+905551239999")
    go_on(page)
    page.locator("[name='data_consent.language']").select_option("ru")
    go_on(page)
    for name, text in {"given_names": "Oksana", "family_name": "Petrenko", "native_name": "Оксана Петренко",
                       "born_on": "1994-02-03", "nationality": "Ukraine"}.items():  # fmt: skip
        page.locator(f"[name='principal.{name}']").fill(text)
    page.locator("[name='principal.sex'][value=F]").check()
    page.locator("[name='principal.language']").select_option("uk")
    go_on(page)
    go_on(page)
    page.locator("[name=country]").fill("Georgia")
    page.locator("[name=area]").fill("Batumi")
    go_on(page)
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_url(re.compile(r"/cases/C-[0-9A-Z]{10}"))
    return re.findall(r"C-[0-9A-Z]{10}", page.url)[0]


def kinds(database: Database, ref: str) -> list[str]:
    """What has happened in a case."""
    with database.reading() as session:
        return [event.kind for event in timeline(session, ref)]


def test_a_counsellor_works_without_javascript(house: Readers, browser: Browser) -> None:
    begins = house.cases["begins"].ref
    with window(house, browser, house.staff("counsellor", "en"), script=False) as page:
        ref = taken_in(page)
        page.goto(f"/cases/{begins}")
        row = page.get_by_role("row").filter(has_text="Help had before")
        row.get_by_role("link", name="Answer").click()
        page.get_by_label("Programme").select_option("none")
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.get_by_role("status")).to_be_visible()
        page.goto(f"/cases/{ref}")
        page.get_by_role("link", name="The person withdraws").click()
        page.locator("main form button").first.click()
        expect(page).to_have_url(re.compile(f"/cases/{ref}/withdrawn$"))
    assert "fact.prior_assistance" in kinds(house.database, begins)
    with house.database.reading() as session:
        assert session.exec(select(Case).where(Case.ref == ref)).one().withdrawn_at is not None
        assert by_ref(session, ref) is not None


def by_tab(page: Page, most: int = 90) -> list[tuple[int, int]]:
    """Walk through a page with the tabulator: where each stop is. Each shows that it has the focus."""
    places: list[tuple[int, int]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        tag, index, shows = page.evaluate(OUTLINE)
        if tag == "BODY":
            break
        assert shows, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        assert index in (None, "0", "-1"), "an order of its own"
        places.append(tuple(page.evaluate(PLACE)))
    return places


@pytest.mark.parametrize("place", ["/", "/cases", "/queues/counsellor", "/cases/{}", "/cases/{}/notes", "/cases/new"])
def test_every_stop_of_the_keyboard_is_seen_and_they_go_down_the_page(
    house: Readers, browser: Browser, place: str
) -> None:
    with window(house, browser, house.staff("counsellor", "en")) as page:
        page.goto(place.format(house.cases["begins"].ref))
        stops = by_tab(page)
        focusable = page.locator(
            "a[href]:visible, button:visible:not([tabindex='-1']), input:visible, select:visible, "
            "textarea:visible, summary:visible"
        )
        assert len(stops) >= min(focusable.count() - radios(page), 89)
        page.goto(place.format(house.cases["begins"].ref))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def radios(page: Page) -> int:
    """Radio buttons are one stop a group."""
    names = page.locator("input[type=radio]:visible").evaluate_all("all => all.map(one => one.name)")
    return len(names) - len(set(names))


def transferred(house: Readers, browser: Browser, cookies: dict[str, str], path: str, size: tuple[int, int]) -> int:
    """The bytes of all answers that a page needs, headers and all, in a browser that has seen nothing before."""
    answers: list[Response] = []
    with window(house, browser, cookies, size) as page:
        page.on("response", lambda one: answers.append(one))
        answer = page.goto(path, wait_until="load")
        assert answer is not None
        assert answer.status == 200, path
        sizes = [one.request.sizes() for one in answers]
    return sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)


def test_a_staff_page_transfers_a_hundred_kilobytes_at_most(house: Readers, browser: Browser) -> None:
    one = f"/cases/{house.cases['travels'].ref}"
    places = {
        "counsellor": ["/", "/cases", "/queues/counsellor", one, f"{one}/timeline", f"{one}/documents",
                       f"{one}/record", f"{one}/record/survey", f"{one}/record/vulnerability",
                       f"{one}/record/counselling_session"],
        "protection_officer": [f"/cases/{house.cases['risk'].ref}/risk/new"],
        "movement_officer": [f"/cases/{house.cases['desk'].ref}/travel"], "operations": ["/operations"],
        "supervisor": [f"/cases/{house.cases['approval'].ref}/risk", f"{one}/record/reintegration_plan"],
    }  # fmt: skip
    said = {
        path: transferred(house, browser, house.staff(handle, "tr"), path, DESK)
        for handle, paths in places.items()
        for path in paths
    }
    printed(said)
    assert {path: size for path, size in said.items() if size > MOST_ON_STAFF_PAGES} == {}


def test_a_page_on_a_phone_transfers_sixty_kilobytes_at_most(house: Readers, browser: Browser) -> None:
    handover, window_token = house.handover_token("offered"), house.window("home")
    partner = {"sila-link": house.by_link(LinkPurpose.PARTNER_HANDOVER, handover, "ar")}
    person = {"w": house.by_link(LinkPurpose.PERSON_WINDOW, window_token, "fa")}
    said = {path: transferred(house, browser, partner, path, PHONE)
            for path in (f"/h/{handover}", "/h", "/h/word/accept", "/h/word/decline")}  # fmt: skip
    said |= {path: transferred(house, browser, person, path, PHONE)
             for path in (f"/w/in/{window_token}", "/w", "/w/how", "/w/say", "/w/soup")}  # fmt: skip
    printed(said)
    assert {path: size for path, size in said.items() if size > MOST_ON_PHONES} == {}


def printed(said: dict[str, int]) -> None:
    """The largest of them, for whoever runs the tests to see."""
    for path, size in sorted(said.items(), key=lambda one: -one[1])[:5]:
        print(f"\n{size / 1000:6.1f} kB  {re.sub(r'[0-9A-Za-z_-]{43}', 'TOKEN', path)}", end="")  # noqa: T201
