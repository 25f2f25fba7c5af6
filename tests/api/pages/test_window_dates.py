"""In their window a person sees their dates and fetches their papers: one house with a ticket, one in place."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import event
from sqlmodel import select

from api.main import create_app
from api.settings import DoorSettings
from integrations.serving import Served
from models.case import Case
from models.clock import FixedClock
from models.document_print import DocumentPrint
from models.staff import Staff
from tests import databases
from tests.api.documents.papers import Papers, text_of
from tests.api.pages.browser import Browser
from tests.api.pages.test_window import OTHER, PIN, Held, held
from workflows.house import House, World, WorldSettings
from workflows.window import give

__all__ = ["held"]
PAGES = ("", "/dates", "/consents", "/seen", "/how", "/stop", "/help", "/call", "/say")


class Traveller:
    """Somebody with a ticket, at their window."""

    def __init__(self, papers: Papers, browser: Browser, token: str) -> None:
        self.papers, self.browser, self.token = papers, browser, token

    def enter(self, pin: str = PIN, language: str = "en") -> None:
        """By link and number."""
        self.browser.http.post(f"/w/in/{self.token}?l={language}", data={"pin": pin})

    def fetch(self, kind: str) -> str:
        """A paper, by its button. Gives its address."""
        self.enter()
        page = self.browser.get("/w/dates")
        return self.browser.submit(page, f"/w/papers/{kind}").url.path


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, database_server: str | None) -> Iterator[Papers]:
    """One house for all: what the tests change in it is only what was printed."""
    with databases.fresh(tmp_path_factory.mktemp("dates"), database_server) as database:
        yield Papers(database)


@pytest.fixture(scope="module")
def traveller(papers: Papers) -> Iterator[Traveller]:
    """At a browser, with a window of their own."""
    clock = FixedClock(papers.one.now)
    house = House(papers.database, clock, World(WorldSettings(_env_file=None)))
    given = give(house, papers.one.ref, PIN, OTHER, Staff(handle="counsellor", roles=["counsellor"]), clock.now())
    with Served(create_app(house, DoorSettings(prefect_url="http://127.0.0.1:9"), clock.now)) as at:
        browser = Browser(at.url, house)
        yield Traveller(papers, browser, given.token)
        browser.http.close()


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_journey_is_shown_on_the_clocks_of_each_airport(traveller: Traveller, language: str) -> None:
    traveller.enter(language=language)
    text = traveller.browser.get("/w/dates").text
    assert f'lang="{language}"' in text
    assert "Europe/Istanbul" in text
    assert "Asia/Baghdad" in text
    assert ("We ask how you are" in text) is (language == "en")


def test_a_paper_is_printed_by_a_button_and_fetched_while_the_window_is_open(traveller: Traveller) -> None:
    where = traveller.fetch("day_sheet")
    fetched = traveller.browser.get(where)
    assert fetched.headers["content-type"] == "application/pdf"
    assert "attachment" in fetched.headers["content-disposition"]
    assert "Zaynab" in text_of(fetched.content)
    declared = traveller.browser.get(traveller.fetch("declaration"))
    assert "The person" in text_of(declared.content)
    traveller.browser.http.post("/w/leave")
    assert traveller.browser.get(where).url.path == "/w/in"


def test_t14_a_paper_that_is_not_theirs_is_answered_like_one_that_does_not_exist(traveller: Traveller) -> None:
    staffs = traveller.papers.keep("day_sheet", "en")
    traveller.enter()
    for id_ in (staffs.id, uuid4()):
        assert traveller.browser.get(f"/w/papers/{id_}.pdf").url.path == "/w/dates"


def test_no_paper_is_made_that_is_not_offered_or_without_the_form(traveller: Traveller) -> None:
    traveller.enter()
    token = traveller.browser.fields(traveller.browser.get("/w/dates"), "day_sheet")
    before = prints(traveller)
    assert traveller.browser.http.post("/w/papers/record", data=token).url.path == "/w/dates"
    assert traveller.browser.http.post("/w/papers/day_sheet").status_code == 403
    traveller.enter(OTHER)
    assert traveller.browser.get("/w/dates").url.path == "/w"
    assert traveller.browser.http.post("/w/papers/day_sheet", data=token).status_code == 403
    assert prints(traveller) == before


def prints(traveller: Traveller) -> int:
    """How many papers were ever printed."""
    with traveller.papers.database.reading() as session:
        return len(session.exec(select(DocumentPrint.id)).all())


def test_every_page_is_small_asks_little_and_changes_nothing(traveller: Traveller) -> None:
    traveller.enter()
    style = traveller.browser.get(traveller.browser.get("/w").text.split('stylesheet" href="')[1].split('"')[0])
    said: list[str] = []
    event.listen(traveller.papers.database.engine, "before_cursor_execute", lambda *row: said.append(row[2]))
    for path in PAGES:
        said.clear()
        page = traveller.browser.get(f"/w{path}")
        asked = [one for one in said if one.lstrip().upper().startswith("SELECT")]
        assert (path, page.url.path, len(asked) <= 12) == (path, f"/w{path}", True), asked
        assert [one for one in said if one.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))] == []
        assert len(page.content) + len(style.content) <= 60_000


@contextmanager
def closed(traveller: Traveller) -> Iterator[None]:
    """The case is closed meanwhile."""
    for at in (traveller.papers.one.now, None):
        with traveller.papers.database.unit_of_work() as session:
            session.exec(select(Case).where(Case.ref == traveller.papers.one.ref)).one().closed_at = at
        if at is not None:
            yield


def test_when_the_case_is_closed_nothing_of_the_journey_is_there_and_no_paper(traveller: Traveller) -> None:
    where = traveller.fetch("day_sheet")
    token = traveller.browser.fields(traveller.browser.get("/w/dates"), "day_sheet")
    before = prints(traveller)
    with closed(traveller):
        text = traveller.browser.get("/w/dates").text
        assert ("There is no date yet." in text, "Europe/Istanbul" in text) == (True, False)
        assert traveller.browser.get(where).url.path == "/w/dates"
        assert traveller.browser.http.post("/w/papers/day_sheet", data=token).url.path == "/w"
    assert prints(traveller) == before


def test_after_withdrawal_every_page_is_there_and_offers_no_paper(held: Held) -> None:
    held.enter()
    held.light.withdraw()
    for path in PAGES:
        assert held.browser.get(f"/w{path}").status_code == 200
    assert "/w/papers/" not in held.browser.get("/w/dates").text
