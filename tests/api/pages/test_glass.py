"""C4, T14: emergency access as staff meet it, and the second person's word on it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from models.clock import FixedClock
from models.database import Database
from models.glass import ClassThreeRead, GlassBreak
from models.queries.alerts import for_staff
from models.signed_in import begin
from models.staff import Staff, issue_key
from tests.api.pages.browser import NOW, Browser, served
from tests.api.pages.recording import a_case
from tests.api.pages.test_sign_in import sign_in
from tests.workflows.accounts import Somebody
from workflows.glass import UNREVIEWED

NOBODYS = "C-0000000000"
WHY = "Her sister calls from the airport and she is in danger."
House = tuple[Browser, str, FixedClock]


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    """A case of one counsellor, and another who has nothing to do with it."""
    clock = FixedClock(NOW)
    with served(database, clock) as browser:
        ref = a_case(browser.house)
        with database.unit_of_work() as session:
            session.add(Staff(handle="other", roles=["counsellor"], supervisor="supervisor"))
        yield browser, ref, clock


def told(answer: httpx.Response, ref: str) -> tuple[int, str]:
    """An answer, but for the reference, the token of the form and the name of a form that was kept."""
    said = answer.headers.get("location", "") + answer.text.replace(ref, "REF")
    return answer.status_code, re.sub(r'name="csrf" value="[^"]*"|kept%2F[0-9a-f-]*', "", said)


def broken(browser: Browser, ref: str, **said: str) -> httpx.Response:
    """The form as somebody fills it in, without following where it leads."""
    path = f"/cases/{ref}/break-glass"
    fields = browser.fields(browser.get(path), "/break-glass")
    return browser.http.post(path, data={**fields, "category": "life_at_risk", "reason": WHY, **said},
                             follow_redirects=False)  # fmt: skip


def breaks(browser: Browser) -> list[GlassBreak]:
    """All that was written down."""
    with browser.house.database.reading() as session:
        return list(session.exec(select(GlassBreak).order_by(GlassBreak.at)).all())  # type: ignore[arg-type]


def test_t14_every_answer_before_the_second_factor_is_the_same_for_a_case_that_is_not(house: House) -> None:
    browser, ref, _ = house
    with browser.house.database.unit_of_work() as session:
        long_ago = NOW - timedelta(hours=1)
        browser.http.cookies.set("sila", begin(session, "other", NOW, "en", proved_at=long_ago))
    for ask in (
        lambda one: browser.get(f"/cases/{one}"), lambda one: browser.get(f"/cases/{one}/break-glass"),
        lambda one: broken(browser, one, reason="too short"), lambda one: broken(browser, one, category="curious"),
        lambda one: broken(browser, one),
    ):  # fmt: skip
        assert told(ask(ref), ref) == told(ask(NOBODYS), NOBODYS)
    assert f"/cases/{ref}/break-glass" in browser.get(f"/cases/{ref}").text
    assert broken(browser, ref, reason="too short").status_code == 422
    assert broken(browser, ref).headers["location"].startswith("/prove?next=%2Fkept")
    assert breaks(browser) == []
    browser.sign_in("administrator")
    assert "break-glass" not in browser.get(f"/cases/{ref}").text
    assert browser.get(f"/cases/{ref}/break-glass").status_code == 403


def test_c4_read_for_an_hour_told_at_once_and_reviewed_by_somebody_else(house: House) -> None:
    browser, ref, clock = house
    assert broken(browser.sign_in("other"), ref).headers["location"] == f"/cases/{ref}"
    for path in ("", "/timeline", "/risk", "/travel", "/sharing"):
        assert "Emergency access: you read this case without working on it" in browser.get(f"/cases/{ref}{path}").text
    assert browser.http.get(f"/cases/{ref}/break-glass", follow_redirects=False).status_code == 303
    (row,) = breaks(browser)
    with browser.house.database.reading() as session:
        staff = {one.handle: one for one in session.exec(select(Staff)).all()}
        told_to = ("supervisor", "protection_officer")
        assert [[one.about for one in for_staff(session, staff[who])] for who in told_to] == [[row.id], [row.id]]
    assert browser.get("/reviews").status_code == 403
    page = browser.sign_in("supervisor").get("/")
    assert f'href="/reviews/{row.id}"' in page.text
    assert WHY not in browser.get("/reviews").text
    page = browser.get(f"/reviews/{row.id}")
    assert WHY in page.text
    with browser.house.database.reading() as session:
        assert [(one.by, one.fields) for one in session.exec(select(ClassThreeRead)).all()] == [
            ("other", ["bookings.flights", "offers.flights"]), ("supervisor", ["glass_breaks.reason"])
        ]  # fmt: skip
    assert browser.submit(page, "/reviews/", verdict="no").status_code == 422
    done = browser.submit(page, "/reviews/", verdict="no", note="There was no call.")
    assert (done.url.path, str(row.id) in done.text) == ("/reviews", False)
    assert browser.get(f"/reviews/{row.id}").status_code == 409
    assert browser.sign_in("other").get(f"/cases/{ref}").status_code == 404
    assert broken(browser, ref).status_code == 303
    clock.advance(timedelta(minutes=60))
    assert browser.sign_in("other").get(f"/cases/{ref}").status_code == 404


def test_c4_nobody_reviews_their_own(house: House) -> None:
    browser, _, _ = house
    broken(browser.sign_in("protection_officer"), NOBODYS)
    (row,) = breaks(browser)
    assert str(row.id) not in browser.get("/reviews").text
    assert browser.get(f"/reviews/{row.id}").status_code == 403


def test_t14_a_reference_that_nobody_has_opens_nothing_and_is_reviewed_all_the_same(house: House) -> None:
    browser, _, _ = house
    browser.sign_in("other")
    for ref in (NOBODYS, "Leyla"):
        answer = broken(browser, ref)
        assert (answer.status_code, "There is no case of this reference" in answer.text) == (404, True)
    rows = breaks(browser)
    assert sorted((row.case_ref, row.ends_at == row.at) for row in rows) == [("", True), (NOBODYS, True)]
    browser.sign_in("supervisor")
    assert "a case that does not exist" in browser.get("/").text
    for row in rows:
        page = browser.get(f"/reviews/{row.id}")
        assert browser.submit(page, "/reviews/", verdict="yes", note="A slip of the finger.").status_code == 200
    assert "Nothing waits for a review." in browser.get("/reviews").text


def test_c4_unreviewed_for_three_days_nobody_signs_in_nor_reads_on(house: House) -> None:
    browser, ref, clock = house
    who = Somebody(browser.house.database, "other", make=False)
    broken(browser.sign_in("other"), ref)
    clock.advance(timedelta(hours=71, minutes=59))
    broken(browser.sign_in("other"), ref)
    assert browser.get(f"/cases/{ref}").status_code == 200
    with browser.house.database.unit_of_work() as session:
        bearer = {"Authorization": f"Bearer {issue_key(session, 'other', clock.now())}"}
    assert browser.http.get("/api/cases", headers=bearer).status_code == 200
    clock.advance(timedelta(minutes=1))
    stopped = [browser.get(path) for path in ("/", "/cases", f"/cases/{ref}", "/account")]
    assert {(one.status_code, UNREVIEWED in one.text) for one in stopped} == {(403, True)}  # an open session
    assert browser.http.get("/api/cases", headers=bearer).json()["code"] == "locked"  # a key
    assert browser.submit(stopped[0], "/sign-out").url.path == "/sign-in"
    refused = sign_in(browser, who)
    assert (refused.status_code, UNREVIEWED in refused.text) == (403, True)
    assert browser.http.get("/", follow_redirects=False).headers["location"] == "/sign-in"
