"""Expired sessions keep what was typed, and sensitive acts ask for a code first."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import APIRouter
from sqlmodel import select
from starlette.responses import PlainTextResponse, Response

from api.pages.proof import StepUp
from api.pages.visitor import Posted, PostingStaff
from api.sensitive import FUSE_RELEASE, SENSITIVE
from models.clock import FixedClock
from models.database import Database
from models.kept_form import KeptForm
from models.signed_in import end_all
from tests.api.pages.browser import NOW, Browser, served
from tests.api.pages.recording import a_case
from tests.workflows.accounts import PASSWORD, Somebody
from workflows.records import FACTS

STORY = 'Line one\r\n"two" <three> & شكرا'


@pytest.fixture
def clock() -> FixedClock:
    """Stands until it is moved."""
    return FixedClock(NOW)


@pytest.fixture
def done() -> list[dict[str, str]]:
    """What the routes of this test were given."""
    return []


@pytest.fixture
def browser(database: Database, clock: FixedClock, done: list[dict[str, str]]) -> Iterator[Browser]:
    """A house with one plain and one sensitive form."""
    router = APIRouter()

    @router.post("/try/plain")
    def plain(visitor: PostingStaff, form: Posted) -> Response:
        done.append({name: str(value) for name, value in form.items() if name != "csrf"})
        return PlainTextResponse(f"done by {visitor.staff.handle}")

    @router.post("/try/sensitive")
    def sensitive(visitor: StepUp, form: Posted) -> Response:
        return plain(visitor, form)

    with served(database, clock, routers=[router]) as browser:
        yield browser


def typed(browser: Browser) -> dict[str, str]:
    """A form of whoever is signed in, filled in."""
    return {**browser.fields(browser.get("/account"), "/sign-out"), "story": STORY, "choice": "b"}


def sign_in(browser: Browser, who: Somebody) -> str:
    """Past both pages; gives the path where one lands."""
    half = browser.submit(browser.get("/sign-in"), "/sign-in", handle=who.handle, password=PASSWORD)
    return browser.submit(half, "/sign-in/code", code=who.code(browser.house.clock.now())).url.path


def kept_rows(browser: Browser) -> list[KeptForm]:
    """All that is kept."""
    with browser.house.database.reading() as session:
        return list(session.exec(select(KeptForm)).all())


def test_an_expired_session_keeps_what_was_typed(
    browser: Browser, clock: FixedClock, done: list[dict[str, str]]
) -> None:
    who = Somebody(browser.house.database, "counsellor", make=False)
    data = typed(browser.sign_in("counsellor"))
    clock.advance(timedelta(minutes=20))
    assert browser.http.post("/try/plain?step=2", data=data).url.path == "/sign-in"
    assert done == []
    row = kept_rows(browser)[0]
    assert (row.path, b"Line one" in (row.fields or b"")) == ("/try/plain?step=2", False)
    path = sign_in(browser, who)
    assert path == f"/kept/{row.id}"
    answer = browser.submit(browser.get(path), "/try/plain")
    assert answer.text == "done by counsellor"
    assert done == [{"story": STORY, "choice": "b"}]
    assert kept_rows(browser) == []
    assert browser.get(path).status_code == 404


def test_a_kept_form_can_be_thrown_away_and_ends_after_eight_hours(browser: Browser, clock: FixedClock) -> None:
    who = Somebody(browser.house.database, "counsellor", make=False)
    for _ in range(2):
        data = typed(browser.sign_in("counsellor"))
        clock.advance(timedelta(minutes=20))
        browser.http.post("/try/plain", data=data)
    path = sign_in(browser, who)
    browser.submit(browser.get(path), "/discard")
    assert len(kept_rows(browser)) == 1
    clock.advance(timedelta(hours=8))
    assert sign_in(browser, who) == "/"


def test_nobody_else_is_shown_it(browser: Browser, clock: FixedClock) -> None:
    other = Somebody(browser.house.database, "auditor", make=False)
    data = typed(browser.sign_in("counsellor"))
    clock.advance(timedelta(minutes=20))
    browser.http.post("/try/plain", data=data)
    assert sign_in(browser, other) == "/"
    row = kept_rows(browser)[0].id
    assert browser.get(f"/kept/{row}").status_code == 404
    token = browser.fields(browser.get("/account"), "/sign-out")
    browser.http.post(f"/kept/{row}/discard", data=token)
    browser.http.post(f"/try/plain?kept={row}", data=token)
    assert len(kept_rows(browser)) == 1


def test_another_site_leaves_nothing_for_us_to_send(browser: Browser, clock: FixedClock) -> None:
    data = typed(browser.sign_in("counsellor"))
    clock.advance(timedelta(minutes=20))
    browser.http.post("/try/plain", data={**data, "csrf": "guessed"})
    browser.http.post("/try/plain", data=data, headers={"Origin": "https://evil.example"})
    browser.http.post("/account/password", data={**data, "old": "secret"})
    clock.advance(timedelta(days=1))
    browser.http.post("/try/plain", data=data)
    assert kept_rows(browser) == []


def test_a_session_that_was_ended_keeps_nothing(browser: Browser) -> None:
    data = typed(browser.sign_in("counsellor"))
    with browser.house.database.unit_of_work() as session:
        end_all(session, "counsellor", NOW)
    assert browser.http.post("/try/plain", data=data).url.path == "/sign-in"
    assert kept_rows(browser) == []


def test_asvs_7_5_3_a_sensitive_act_asks_for_a_code_and_goes_on(
    browser: Browser, clock: FixedClock, done: list[dict[str, str]]
) -> None:
    who = Somebody(browser.house.database, "counsellor", make=False)
    data = typed(browser.sign_in("counsellor"))
    assert browser.http.post("/try/sensitive", data=data).text == "done by counsellor"
    clock.advance(timedelta(minutes=5))
    asked = browser.http.post("/try/sensitive", data=data)
    assert (asked.url.path, len(done)) == ("/prove", 1)
    wrong = browser.submit(asked, "/prove", code="000000")
    assert wrong.status_code == 401
    kept = browser.submit(wrong, "/prove", code=who.code(clock.now()))
    assert kept.url.path.startswith("/kept/")
    assert browser.submit(kept, "/try/sensitive").text == "done by counsellor"
    assert done[1] == done[0]


def test_new_recovery_codes_ask_for_a_code_and_replace_the_old_ones(browser: Browser, clock: FixedClock) -> None:
    who = Somebody(browser.house.database, "counsellor", make=False)
    page = browser.sign_in("counsellor").get("/account")
    clock.advance(timedelta(minutes=6))
    asked = browser.submit(page, "/account/codes")
    assert asked.url.path == "/prove"
    kept = browser.submit(asked, "/prove", code=who.code(clock.now()))
    assert browser.submit(kept, "/account/codes").text.count("<code>") == 10
    browser.http.cookies.clear()
    half = browser.submit(browser.get("/sign-in"), "/sign-in", handle=who.handle, password=PASSWORD)
    assert browser.submit(half, "/sign-in/code", code=who.codes[0]).status_code == 401


def test_asvs_7_5_3_approvals_and_payments_ask_for_a_code(browser: Browser, clock: FixedClock) -> None:
    assert set(FACTS) >= SENSITIVE - {FUSE_RELEASE}
    ref = a_case(browser.house)
    who = browser.sign_in("supervisor")
    token = browser.fields(who.get("/account"), "/sign-out")
    clock.advance(timedelta(minutes=6))
    for path in (f"/cases/{ref}/record/price_approval", f"/cases/{ref}/risk/decision", "/operations/messages/release"):
        asked = browser.http.post(path, data=token)
        assert asked.url.path == "/prove", path
        assert "kept" in asked.url.params["next"], path
    plain = browser.http.post(f"/cases/{ref}/record/contact_attempt", data=token)
    assert plain.url.path != "/prove"
