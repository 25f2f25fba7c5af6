"""The pages of signing in, as somebody at a browser and as somebody who should not get in."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import col, select

from api.pages.account import sign_in as pages
from api.pages.partner.inbox import NO_ORGANISATION
from models.account import FREE_TRIES
from models.clock import FixedClock
from models.database import Database
from models.sign_in import SignIn
from models.signed_in import SignedIn
from models.staff import Staff
from tests.api.pages.browser import NOW, Browser, served
from tests.workflows.accounts import PASSWORD, Somebody
from workflows.demo_account import enrol_demo


@pytest.fixture
def clock() -> FixedClock:
    """Stands until it is moved."""
    return FixedClock(NOW)


@pytest.fixture
def browser(database: Database, clock: FixedClock) -> Iterator[Browser]:
    """Nobody yet."""
    with served(database, clock) as browser:
        yield browser


@pytest.fixture
def ayse(browser: Browser) -> Somebody:
    """The counsellor."""
    return Somebody(browser.house.database, "counsellor", make=False)


def password(
    browser: Browser, handle: str = "counsellor", said: str = PASSWORD, path: str = "/sign-in"
) -> httpx.Response:
    """Send the first form."""
    return browser.submit(browser.get(path), "/sign-in", handle=handle, password=said)


def code(browser: Browser, page: httpx.Response, said: str) -> httpx.Response:
    """Send the second form."""
    return browser.submit(page, "/sign-in/code", code=said)


def sign_in(browser: Browser, who: Somebody, path: str = "/sign-in") -> httpx.Response:
    """Both."""
    at = browser.house.clock.now()
    return code(browser, password(browser, who.handle, path=path), who.code(at))


def test_in_by_password_and_code_and_out_again(browser: Browser, ayse: Somebody) -> None:
    page = sign_in(browser, ayse, "/sign-in?next=%2Faccount")
    assert (page.status_code, page.url.path) == (200, "/account")
    cookie = next(one for one in browser.http.cookies.jar if one.name == "sila")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "lax"
    out = browser.http.post("/sign-out", data=browser.fields(page, "/sign-out"), follow_redirects=False)
    assert (out.status_code, out.headers["clear-site-data"]) == (303, '"cache", "cookies", "storage"')
    assert browser.get("/account").url.path == "/sign-in"


def test_t8_the_cookie_of_a_session_that_was_signed_out_is_worth_nothing(browser: Browser, ayse: Somebody) -> None:
    page, value = sign_in(browser, ayse), browser.http.cookies["sila"]
    browser.submit(page, "/sign-out")
    browser.http.cookies.clear()
    browser.http.cookies.set("sila", value)
    assert browser.get("/account").url.path == "/sign-in"


def test_with_tls_the_cookie_is_secure_and_of_this_host(database: Database, clock: FixedClock) -> None:
    with served(database, clock, public_url="https://sila.example") as browser:
        ayse = Somebody(database, "counsellor", make=False)
        data = {"handle": ayse.handle, "password": PASSWORD}
        half = browser.http.post("/sign-in", data=data, follow_redirects=False).headers["set-cookie"]
        cookie = {"Cookie": half.split(";")[0]}
        answer = browser.http.post(
            "/sign-in/code", data={"code": ayse.code(NOW)}, headers=cookie, follow_redirects=False
        )
        given = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("__Host-sila="))
    assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in given.split(";")}
    assert "domain" not in given.lower()
    assert "max-age" not in given.lower()


def test_session_fixation_a_session_that_was_planted_is_not_the_one_that_is_signed_in(
    browser: Browser, ayse: Somebody
) -> None:
    browser.sign_in("auditor")
    planted = browser.http.cookies["sila"]
    browser.http.cookies.clear()
    half = password(browser)
    browser.http.cookies.set("sila", planted, domain=half.url.host)
    code(browser, half, ayse.code(NOW))
    assert {one.value for one in browser.http.cookies.jar if one.name == "sila"} != {planted}
    with browser.house.database.reading() as session:
        rows = session.exec(select(SignedIn).order_by(col(SignedIn.id))).all()
    assert [(row.staff_handle, row.ended_at is None) for row in rows] == [("auditor", False), ("counsellor", True)]


def test_t14_every_refusal_is_the_same_page(browser: Browser, ayse: Somebody) -> None:
    nobody, wrong = password(browser, "nobody"), password(browser, said="wrong password")
    for _ in range(FREE_TRIES):
        password(browser, said="wrong password")
    locked = password(browser)
    texts = [page.text.replace('value="nobody"', 'value="counsellor"') for page in (nobody, wrong, locked)]
    assert {page.status_code for page in (nobody, wrong, locked)} == {401}
    assert texts[0] == texts[1] == texts[2]


def test_t14_a_guesser_is_stopped_and_known_names_look_like_unknown_ones(
    browser: Browser, ayse: Somebody, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AS_ONE_NAME", FREE_TRIES + 1)
    for handle in ("nobody", "counsellor"):
        answers = [password(browser, handle, "wrong password").status_code for _ in range(FREE_TRIES + 2)]
        assert answers == [401] * (FREE_TRIES + 1) + [429]
    clock.advance(timedelta(minutes=5))
    assert password(browser).url.path == "/sign-in/code"


def test_c12_one_network_cannot_try_many_names(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "FROM_ONE_NETWORK", 3)
    answers = [password(browser, f"name{number}").status_code for number in range(4)]
    assert answers == [401] * 3 + [429]


def test_open_redirect_only_addresses_of_this_house_are_followed(
    browser: Browser, ayse: Somebody, clock: FixedClock
) -> None:
    for evil in ("//evil.example", "https:%2F%2Fevil.example", "%2F%5Cevil.example", "javascript:alert(1)"):
        page = sign_in(browser, ayse, f"/sign-in?next={evil}")
        assert (page.url.host, page.url.path) == ("127.0.0.1", "/")
        known = browser.http.get(f"/sign-in?next={evil}", follow_redirects=False)
        assert known.headers["location"] == "/"
        browser.submit(page, "/sign-out")
        clock.advance(timedelta(seconds=60))


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/code", "/enrol"])
def test_csrf_another_site_cannot_sign_anybody_in(browser: Browser, ayse: Somebody, path: str) -> None:
    data = {"handle": "counsellor", "password": PASSWORD}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.http.post(path, data=data, headers=headers).status_code == 403
    with browser.house.database.reading() as session:
        assert session.exec(select(SignIn)).all() == []


@pytest.mark.parametrize("path", ["/sign-out", "/account/language", "/account/codes", "/account/password", "/prove"])
def test_csrf_a_form_without_the_sessions_token_or_from_elsewhere_is_refused(browser: Browser, path: str) -> None:
    page = browser.sign_in("counsellor").get("/account")
    token = browser.fields(page, "/sign-out")["csrf"]
    assert browser.http.post(path, data={}).status_code == 403
    assert browser.http.post(path, data={"csrf": token[:-1]}).status_code == 403
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "same-site"}):
        assert browser.http.post(path, data={"csrf": token}, headers=headers).status_code == 403, headers
    assert browser.get("/account").status_code == 200


def test_the_code_page_is_nothing_without_the_password(browser: Browser, ayse: Somebody) -> None:
    assert browser.get("/sign-in/code").url.path == "/sign-in"
    answer = browser.http.post("/sign-in/code", data={"code": ayse.code(NOW)}, follow_redirects=False)
    assert answer.headers["location"] == "/sign-in"
    assert "sila" not in browser.http.cookies


def test_a_totp_code_replayed_in_another_browser_is_refused(browser: Browser, ayse: Somebody) -> None:
    sign_in(browser, ayse)
    browser.http.cookies.clear()
    assert sign_in(browser, ayse).status_code == 401
    assert code(browser, password(browser), ayse.codes[3]).url.path == "/"


def test_c6_eight_hours_end_a_session_however_busy(browser: Browser, ayse: Somebody, clock: FixedClock) -> None:
    sign_in(browser, ayse)
    for _ in range(48):
        assert browser.get("/account").url.path == "/account"
        clock.advance(timedelta(minutes=10))
    assert browser.get("/account").url.path == "/sign-in"


def test_c6_fifteen_idle_minutes_end_a_session(browser: Browser, ayse: Somebody, clock: FixedClock) -> None:
    sign_in(browser, ayse)
    clock.advance(timedelta(minutes=14, seconds=59))
    assert browser.get("/account").url.path == "/account"
    clock.advance(timedelta(minutes=15))
    assert browser.get("/account").url.path == "/sign-in"


@pytest.mark.parametrize("demo", [True, False])
def test_only_a_demo_shows_codes_and_only_of_the_invented(database: Database, clock: FixedClock, demo: bool) -> None:
    with served(database, clock, demo=demo) as browser:
        Somebody(database, "auditor", make=False)
        with database.unit_of_work() as session:
            enrol_demo(session, "counsellor", NOW)
        shown = "your code is" in password(browser).text
        page = browser.sign_in("counsellor").get("/prove")
        assert shown is demo
        assert ("your code is" in page.text) is demo
        browser.http.cookies.clear()
        assert "your code is" not in password(browser, "auditor").text


def test_nothing_of_a_password_or_an_address_is_written_down(browser: Browser, ayse: Somebody) -> None:
    password(browser, PASSWORD, "wrong password")
    sign_in(browser, ayse)
    with browser.house.database.reading() as session:
        rows = session.exec(select(SignIn)).all()
    text = " ".join(row.model_dump_json() for row in rows)
    assert len(rows) == 3
    assert PASSWORD not in text
    assert "127.0.0" not in text


def test_a_partners_account_without_an_organisation_is_told_whom_to_ask_and_can_sign_out(browser: Browser) -> None:
    with browser.house.database.unit_of_work() as session:
        session.add(Staff(handle="alone", roles=["receiving_partner"]))
    page = browser.sign_in("alone").get("/")
    assert (page.url.path, page.status_code) == ("/inbox", 403)
    assert NO_ORGANISATION in page.text
    assert 'href="/"' not in page.text  # it would lead here again
    assert browser.submit(page, "/sign-out").url.path == "/sign-in"
