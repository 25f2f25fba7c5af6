"""The pages in a real browser: 360 px wide, in both directions, without script, small, with large targets, by axe."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from api.pages.words import LANGUAGES
from models.database import Database
from models.risk_assessment import CountryInput
from models.signed_in import begin
from models.staff import Staff
from models.stage import Role
from tests.api.pages.partner.phone import Phone, phone_of
from tests.journeys.pages.screen import browsing, shot, violations

MOST_BYTES = 60_000
SMALL = """() => [...document.querySelectorAll(
    'a.button, button, input:not([type=hidden]), select, textarea, .tasks a, .languages a, summary')]
  .filter(one => one.offsetParent !== null)
  .map(one => one.closest('label') || one)
  .filter(one => one.getBoundingClientRect().height < 43.5)
  .map(one => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def phone(database: Database) -> Iterator[Phone]:
    """An offer to a partner that reads Arabic."""
    with phone_of(database, language="ar") as phone:
        yield phone


@pytest.fixture
def screen() -> Iterator[Page]:
    """A browser of 360 px. JavaScript is on for our measuring only: the pages bring none."""
    with browsing() as browser:
        context = browser.new_context(viewport={"width": 360, "height": 640})
        context.set_default_timeout(20_000)
        yield context.new_page()


def fits(screen: Page) -> None:
    """Nothing is cut off, too small, or against WCAG 2.2 AA; one heading says where one is."""
    assert screen.evaluate("document.documentElement.scrollWidth") <= 360, screen.url
    assert screen.evaluate(SMALL) == [], screen.url
    assert screen.locator("h1").count() == 1
    assert screen.locator("script").count() == 0


def look(screen: Page, name: str) -> None:
    """It fits, and reads from right to left."""
    fits(screen)
    assert screen.locator("html").get_attribute("dir") == "rtl"
    assert violations(screen) == []
    shot(screen, f"partner/{name}")


def send(screen: Page, what: str = "main form.card > button") -> None:
    """Press a button or a link by keyboard, and wait until the next page is there."""
    with screen.expect_navigation():
        screen.locator(what).first.press("Enter")


def test_a_partner_goes_from_the_message_to_the_receipt_in_arabic(database: Database, screen: Page) -> None:
    with phone_of(database, goes_on=True, language="ar") as phone:
        opened(phone, screen)
        send(screen, "a.button")
        look(screen, "accept")
        send(screen)
        look(screen, "accept_wrong")
        assert screen.locator("#focal_point").get_attribute("aria-invalid") == "true"
        screen.fill("#focal_point", "AK")
        send(screen)
        look(screen, "accepted")
        phone.one.until(lambda: phone.one.row().arrival_sent_at is not None)
        opened(phone, screen)
        for what in ("identity", "arrival"):
            send(screen, f"form:has(input[value={what}]) button")
            look(screen, what)
            screen.goto(f"{phone.url}/h")
        phone.one.until(lambda: phone.one.facts().departed)
        phone.one.later(timedelta(hours=12))
        screen.goto(f"{phone.url}/h/word/arrival")
        look(screen, "confirm_arrival")
        screen.fill("#day", phone.one.now.date().isoformat())
        screen.fill("#time", "00:10")
        screen.check("input[name=met][value=yes]")
        send(screen)
        look(screen, "arrived")
        screen.goto(f"{phone.url}/h/word/received")
        screen.check("#sure")
        send(screen)
        look(screen, "received")
        screen.goto(f"{phone.url}/h")
        look(screen, "home_received")
        assert screen.locator("form[action$='/receipt']").count() == 1
        assert phone.one.row().status == "received"


def opened(phone: Phone, screen: Page) -> None:
    """From the newest e-mail to the page, with a wrong code on the way."""
    screen.goto(f"{phone.url}/h/{phone.token()}")
    look(screen, "entrance")
    send(screen, "form[action$='/code'] button")
    look(screen, "code")
    screen.fill("#code", "000000" if phone.codes()[-1] != "000000" else "000001")
    send(screen, "#code")
    look(screen, "code_wrong")
    screen.fill("#code", phone.codes()[-1])
    send(screen, "#code")
    assert screen.url == f"{phone.url}/h"
    look(screen, "home")


def test_every_language_fits(phone: Phone, screen: Page) -> None:
    token = phone.token()
    screen.goto(f"{phone.url}/h/{token}")
    send(screen, "form[action$='/code'] button")
    for language in LANGUAGES:
        screen.goto(f"{phone.url}/h/{token}?sent=1&language={language}")
        assert screen.locator("html").get_attribute("lang") == language
        fits(screen)
    screen.fill("#code", phone.codes()[-1])
    send(screen, "#code")
    for language in LANGUAGES:
        screen.locator("details:last-of-type > summary").click()
        button = screen.locator(f"button[name=language][value={language}]")
        if button.count():
            send(screen, f"button[name=language][value={language}]")
        for path in ("/h", "/h/word/accept", "/h/word/decline"):
            screen.goto(f"{phone.url}{path}")
            assert screen.locator("html").get_attribute("lang") == language
            fits(screen)


def test_a_partner_answers_about_a_place_in_every_language(database: Database, screen: Page) -> None:
    with phone_of(database, language="ar", base="/p") as phone:
        phone.enter()
        screen.context.add_cookies(
            [{"name": one.name, "value": str(one.value), "url": phone.url} for one in phone.http.cookies.jar]
        )
        sheet = len(phone.get("/static/phone.css").content)
        for language in (*LANGUAGES, "ar"):
            screen.goto(f"{phone.url}/p")
            button = f"button[name=language][value={language}]"
            if screen.locator(button).count():
                screen.locator("details:last-of-type > summary").click()
                send(screen, button)
            assert screen.locator("html").get_attribute("lang") == language
            fits(screen)
            assert len(screen.content().encode()) + sheet <= MOST_BYTES
        answers(screen, phone)


def answers(screen: Page, phone: Phone) -> None:
    """By keyboard, with a mistake on the way, and a change of mind."""
    look(screen, "place")
    send(screen)
    look(screen, "place_wrong")
    screen.check("input[name=safe][value=yes]")
    screen.check("input[name=note_code][value=no_known_risk]")
    send(screen)
    look(screen, "place_check")
    send(screen, "form[action$='/change'] button")
    assert screen.is_checked("input[name=safe][value=yes]")
    send(screen)
    send(screen, "form[action$='/answer'] button")
    look(screen, "place_thanks")
    screen.goto(f"{phone.url}/p")
    look(screen, "place_answered")
    assert phone.one.rows(CountryInput)[0].safe is True


def test_inbox_and_links_are_for_everybody_too(phone: Phone, screen: Page) -> None:
    phone.enter()
    with phone.one.house.database.unit_of_work() as session:
        session.add(Staff(handle="amina", roles=[Role.RECEIVING_PARTNER.value], partner="nadia"))
        session.add(Staff(handle="boss", roles=[Role.SUPERVISOR.value]))
        cookies = {handle: begin(session, handle, phone.wall(), "tr") for handle in ("amina", "boss")}
    pages = {"amina": ["/inbox", f"/inbox/{phone.one.row().id}", f"/inbox/{phone.one.row().id}/word/ask"],
             "boss": [f"/cases/{phone.one.ref}/handovers"]}  # fmt: skip
    for handle, paths in pages.items():
        screen.context.add_cookies([{"name": "sila", "value": cookies[handle], "url": phone.url}])
        for path in paths:
            assert (answer := screen.goto(f"{phone.url}{path}")) is not None
            assert answer.status == 200, path
            assert violations(screen) == []
            shot(screen, f"partner/{handle}{path.rpartition('/')[2]}")


def test_a_page_with_its_style_sheet_is_small(phone: Phone) -> None:
    token = phone.token()
    pages = [phone.get(f"/h/{token}"), phone.enter(token)]
    pages += [phone.get(f"/h/word/{name}") for name in ("accept", "ask", "decline")]
    sheet = len(phone.get(pages[0].text.split('rel="stylesheet" href="')[1].split('"')[0]).content)
    assert sheet <= 8_000
    for page in pages:
        assert len(page.content) + sheet <= MOST_BYTES, page.url
