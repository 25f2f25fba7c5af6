"""The administrators' pages: who may act, and how they sign in."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from models.account import FREE_TRIES, account_of
from models.clock import FixedClock
from models.database import Database
from models.enrolment import Enrolment
from models.sign_in import Outcome, note
from models.signed_in import living
from models.staff import Staff
from models.stage import Role
from tests.api.pages.browser import NOW, Browser, served
from tests.workflows.accounts import PASSWORD, Somebody
from workflows.sign_in import show_password

PAGES = ("/staff", "/staff/new", "/staff/counsellor")


@pytest.fixture
def clock() -> FixedClock:
    """Stands until it is moved."""
    return FixedClock(NOW)


@pytest.fixture
def browser(database: Database, clock: FixedClock) -> Iterator[Browser]:
    """The administrator."""
    with served(database, clock) as browser:
        yield browser.sign_in("administrator")


def staff(browser: Browser, handle: str) -> Staff | None:
    """Somebody as they are now."""
    with browser.house.database.reading() as session:
        return session.exec(select(Staff).where(Staff.handle == handle)).first()


def test_only_administrators_see_and_change_accounts(browser: Browser) -> None:
    assert [browser.get(path).status_code for path in PAGES] == [200, 200, 200]
    for role in Role:
        if role is Role.ADMINISTRATOR:
            continue
        token = browser.fields(browser.sign_in(role.value).get("/account"), "/sign-out")
        assert {browser.get(path).status_code for path in PAGES} == {403}, role
        assert browser.http.post("/staff/administrator/disable", data=token).status_code == 403
        allowed = browser.get("/staff/sign-ins").status_code == 200
        assert allowed is (role is Role.AUDITOR), role
    assert staff(browser, "administrator") is not None


def test_somebody_is_added_with_a_link_that_is_shown_once(browser: Browser) -> None:
    page = browser.submit(browser.get("/staff/new"), "/staff/new", handle="ayse", role=["counsellor", "supervisor"])
    link = next(part for part in page.text.split('"') if "/enrol/" in part)
    found = staff(browser, "ayse")
    assert found is not None
    assert found.roles == ["counsellor", "supervisor"]
    assert browser.get("/enrol/" + link.rsplit("/", 1)[1]).status_code == 200
    assert "/enrol/" not in browser.get("/staff/ayse").text


@pytest.mark.parametrize(("said", "part"), [
    ({"handle": "a b", "role": ["counsellor"]}, "2 to 60"),
    ({"handle": "counsellor", "role": ["counsellor"]}, "already"),
    ({"handle": "new", "role": ["counsellor"]}, "2 to 60"), ({"handle": "ayse", "role": ["king"]}, "at least one role"),
    ({"handle": "ayse", "role": ["counsellor"], "partner": "nadia"}, "go with an organisation"),
])  # fmt: skip
def test_a_wrong_addition_says_why_and_keeps_what_was_typed(browser: Browser, said: dict[str, str], part: str) -> None:
    page = browser.submit(browser.get("/staff/new"), "/staff/new", **said)
    assert page.status_code == 422
    assert part in page.text
    assert f'value="{said["handle"]}"' in page.text
    assert staff(browser, "ayse") is None


def test_asvs_8_3_2_roles_and_supervisor_hold_at_the_next_request(browser: Browser) -> None:
    page = browser.get("/staff/counsellor")
    done = browser.submit(page, "/roles", role=["operations"], supervisor="supervisor")
    assert done.status_code == 200
    found = staff(browser, "counsellor")
    assert found is not None
    assert (found.roles, found.supervisor) == (["operations"], "supervisor")
    wrong = browser.submit(page, "/roles", role=["counsellor"], supervisor="auditor")
    assert (wrong.status_code, "active supervisor" in wrong.text) == (422, True)
    browser.http.cookies.clear()
    assert 'href="/operations"' in browser.sign_in("counsellor").get("/").text


def test_nobody_locks_themselves_out(browser: Browser) -> None:
    page = browser.get("/staff/administrator")
    assert "/disable" not in page.text
    token = browser.fields(page, "/sign-out")
    assert browser.http.post("/staff/administrator/disable", data=token).status_code == 422
    assert browser.submit(page, "/roles", role=["auditor"]).status_code == 422


def test_t8_sessions_of_a_closed_account_end_at_once_and_it_opens_again(browser: Browser) -> None:
    Somebody(browser.house.database, "counsellor", make=False)
    browser.sign_in("counsellor")
    browser.http.cookies.clear()
    page = browser.sign_in("administrator").get("/staff/counsellor")
    closed = browser.submit(page, "/disable")
    assert "Closed by an administrator" in closed.text
    with browser.house.database.reading() as session:
        assert living(session, "counsellor") == []
    assert show_password(browser.house.database, "counsellor", PASSWORD, "n", NOW) is None
    browser.submit(closed, "/enable")
    assert show_password(browser.house.database, "counsellor", PASSWORD, "n", NOW)


def test_locked_accounts_are_shown_and_unlocked(browser: Browser) -> None:
    Somebody(browser.house.database, "counsellor", make=False)
    for _ in range(FREE_TRIES):
        show_password(browser.house.database, "counsellor", "wrong password", "n", NOW)
    page = browser.get("/staff/counsellor")
    assert "Locked until" in page.text
    assert "Can sign in" in browser.submit(page, "/unlock").text
    browser.submit(page, "/password")
    with browser.house.database.reading() as session:
        account = account_of(session, "counsellor")
        assert account is not None
        assert account.must_change


def test_asvs_7_5_3_changes_need_a_fresh_code_and_go_on_after_it(browser: Browser, clock: FixedClock) -> None:
    who = Somebody(browser.house.database, "administrator", make=False)
    page = browser.get("/staff/new")
    clock.advance(timedelta(minutes=6))
    asked = browser.submit(page, "/staff/new", handle="ayse", role="counsellor")
    assert (asked.url.path, staff(browser, "ayse")) == ("/prove", None)
    kept = browser.submit(asked, "/prove", code=who.code(clock.now()))
    browser.submit(kept, "/staff/new")
    assert staff(browser, "ayse") is not None


def test_a_new_link_replaces_the_one_before(browser: Browser) -> None:
    page = browser.get("/staff/counsellor")
    for _ in range(2):
        browser.submit(page, "/enrol")
    with browser.house.database.reading() as session:
        rows = session.exec(select(Enrolment)).all()
    assert sorted(row.used_at is None for row in rows) == [False, True]


def test_unknown_people_and_changes_are_not_found(browser: Browser) -> None:
    token = browser.fields(browser.get("/account"), "/sign-out")
    assert browser.get("/staff/nobody").status_code == 404
    for path in ("/staff/nobody/disable", "/staff/nobody/roles", "/staff/nobody/enrol", "/staff/counsellor/promote"):
        assert browser.http.post(path, data=token).status_code in (404, 422), path


def test_t14_many_failures_at_once_are_shown_to_administrators(browser: Browser, clock: FixedClock) -> None:
    with browser.house.database.unit_of_work() as session:
        for _ in range(19):
            note(session, None, Outcome.UNKNOWN, "mark", NOW)
    assert "guessing" not in browser.get("/staff").text
    with browser.house.database.unit_of_work() as session:
        note(session, "counsellor", Outcome.WRONG_CODE, "mark", NOW)
        note(session, "counsellor", Outcome.SIGNED_IN, "mark", NOW)
    assert "20 sign-ins failed" in browser.get("/staff").text
    clock.advance(timedelta(hours=1, seconds=1))
    assert "guessing" not in browser.sign_in("administrator").get("/staff").text


def test_the_audit_shows_who_how_and_from_which_network(browser: Browser) -> None:
    Somebody(browser.house.database, "counsellor", make=False)
    show_password(browser.house.database, "counsellor", "wrong password", "mark1", NOW)
    show_password(browser.house.database, "stranger", "wrong password", "mark2", NOW)
    text = browser.get("/staff/sign-ins").text
    assert "Wrong password" in text
    assert "mark1" in text
    assert "stranger" not in text
    assert "mark2" not in browser.get("/staff/sign-ins?handle=counsellor").text
