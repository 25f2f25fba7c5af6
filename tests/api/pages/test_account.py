"""Enrolling, one's own account, and a new password."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pyotp
import pytest
from sqlmodel import select

from models.account import account_of
from models.clock import FixedClock
from models.database import Database
from models.signed_in import living
from models.staff import Staff
from tests.api.pages.browser import NOW, Browser, served
from tests.workflows.accounts import PASSWORD, Somebody
from workflows.account import enrol, must_change
from workflows.sign_in import show_password

NEW = "şemsiye altında iki kişi"


@pytest.fixture
def clock() -> FixedClock:
    """Stands until it is moved."""
    return FixedClock(NOW)


@pytest.fixture
def browser(database: Database, clock: FixedClock) -> Iterator[Browser]:
    """Nobody yet."""
    with served(database, clock) as browser:
        yield browser


def invited(browser: Browser, handle: str = "auditor") -> str:
    """A link for somebody."""
    with browser.house.database.unit_of_work() as session:
        return "/enrol/" + enrol(session, handle, "administrator", browser.house.clock.now())


def app_code(page: httpx.Response, browser: Browser) -> str:
    """What an app shows that was given the secret of the page."""
    found = re.search(r'id="secret">([A-Z2-7 ]+)<', page.text)
    assert found
    return pyotp.TOTP(found[1].replace(" ", "")).at(browser.house.clock.now())


def test_a_link_leads_to_an_account_codes_and_in(browser: Browser) -> None:
    link = invited(browser)
    page = browser.get(link)
    assert page.url.path == "/enrol"
    assert "data:image/png;base64," in page.text
    done = browser.submit(page, "/enrol", new=NEW, again=NEW, code=app_code(page, browser))
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", done.text)
    assert len(set(codes)) == 10
    assert browser.get("/account").url.path == "/account"
    assert show_password(browser.house.database, "auditor", NEW, "n", NOW)
    with browser.house.database.unit_of_work() as session:
        account = account_of(session, "auditor")
        assert account is not None
        assert NEW.encode() not in (account.password or b"")
    assert browser.get(link).status_code == 404


@pytest.mark.parametrize(("new", "again", "part"), [
    ("too short", "too short", "at least 12"), (NEW, NEW + "x", "not the same"),
    ("the auditor is here", "the auditor is here", "own name"),
    (NEW, NEW, "code is not right"),
])  # fmt: skip
def test_a_wrong_enrolment_says_why_and_changes_nothing(browser: Browser, new: str, again: str, part: str) -> None:
    page = browser.get(invited(browser))
    answer = browser.submit(page, "/enrol", new=new, again=again, code="000000")
    assert answer.status_code == 422
    assert part in answer.text
    with browser.house.database.reading() as session:
        assert account_of(session, "auditor") is None
    assert browser.submit(answer, "/enrol", new=NEW, again=NEW, code=app_code(page, browser)).status_code == 200


def test_used_expired_replaced_and_invented_links_are_one_answer(browser: Browser, clock: FixedClock) -> None:
    first, second = invited(browser), invited(browser)
    answers = [browser.get(first), browser.get("/enrol/invented")]
    clock.advance(timedelta(hours=48))
    answers.append(browser.get(second))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text.replace(str(answer.url), "") for answer in answers}) == 1


def test_f28_a_scanner_that_opens_the_link_uses_nothing_up(browser: Browser) -> None:
    link = invited(browser)
    for _ in range(3):
        assert browser.get(link).status_code == 200
        browser.http.post(link)
        browser.http.post("/enrol", data={})
    assert browser.get(link).status_code == 200


def test_enrolling_again_ends_the_sessions_before(browser: Browser) -> None:
    browser.sign_in("auditor")
    page = browser.get(invited(browser))
    browser.http.cookies.delete("sila")
    browser.submit(page, "/enrol", new=NEW, again=NEW, code=app_code(page, browser))
    with browser.house.database.reading() as session:
        assert len(living(session, "auditor")) == 1


def test_a_new_password_needs_the_old_one_and_ends_every_other_session(browser: Browser) -> None:
    Somebody(browser.house.database, "counsellor", make=False)
    browser.sign_in("counsellor")
    page = browser.sign_in("counsellor").get("/account/password")
    before = browser.http.cookies["sila"]
    assert "not your password" in browser.submit(page, "/password", old="wrong one here", new=NEW, again=NEW).text
    assert browser.submit(page, "/password", old=PASSWORD, new=NEW, again=NEW).url.path == "/account"
    after = {one.value for one in browser.http.cookies.jar if one.name == "sila"}
    assert after != {before}
    with browser.house.database.reading() as session:
        assert len(living(session, "counsellor")) == 1
    assert show_password(browser.house.database, "counsellor", PASSWORD, "n", NOW) is None
    assert show_password(browser.house.database, "counsellor", NEW, "n", NOW)


def test_who_must_change_the_password_can_do_nothing_else_before(browser: Browser) -> None:
    who = Somebody(browser.house.database, "counsellor", make=False)
    with browser.house.database.unit_of_work() as session:
        must_change(session, "counsellor", "administrator", NOW)
    half = browser.submit(browser.get("/sign-in"), "/sign-in", handle="counsellor", password=PASSWORD)
    page = browser.submit(half, "/sign-in/code", code=who.code(NOW))
    assert page.url.path == "/account/password"
    assert browser.get("/account").url.path == "/account/password"
    assert browser.submit(page, "/password", old=PASSWORD, new=NEW, again=NEW).url.path == "/account"


def test_t8_a_session_that_was_ended_elsewhere_is_over_at_the_next_request(browser: Browser) -> None:
    lost = browser.sign_in("counsellor").http.cookies["sila"]
    browser.http.cookies.clear()
    page = browser.sign_in("counsellor").get("/account")
    ended = browser.submit(page, r"/account/sessions/.*/end")
    assert ended.text.count("/account/sessions/") == 0
    browser.http.cookies.clear()
    browser.http.cookies.set("sila", lost)
    assert browser.get("/account").url.path == "/sign-in"


def test_nobody_ends_the_session_of_somebody_else(browser: Browser) -> None:
    browser.sign_in("auditor")
    with browser.house.database.reading() as session:
        row = living(session, "auditor")[0].id
    page = browser.sign_in("counsellor").get("/account")
    browser.http.post(f"/account/sessions/{row}/end", data=browser.fields(page, "/sign-out"))
    with browser.house.database.reading() as session:
        assert len(living(session, "auditor")) == 1


def test_a_language_is_kept_and_leads_back_to_this_house_only(browser: Browser) -> None:
    page = browser.sign_in("counsellor").get("/account")
    back = browser.submit(page, "/account/language", language="tr", back="https://evil.example/")
    assert (back.url.host, back.url.path) == ("127.0.0.1", "/")
    assert '<html lang="tr"' in browser.get("/account").text
    browser.submit(page, "/account/language", language="xx")
    assert '<html lang="tr"' in browser.get("/account").text


def test_asvs_8_3_2_a_role_that_was_taken_is_gone_at_the_next_request(browser: Browser) -> None:
    assert 'href="/operations"' in browser.sign_in("operations").get("/").text
    with browser.house.database.unit_of_work() as session:
        session.exec(select(Staff).where(Staff.handle == "operations")).one().roles = ["auditor"]
    assert 'href="/operations"' not in browser.get("/").text
