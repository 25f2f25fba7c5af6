"""What every page has: a session, headers, words, and forms that only our pages send."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from api.pages.visitor import is_local
from models.clock import FixedClock
from models.database import Database
from models.signed_in import end_all
from tests.api.pages.browser import NOW, Browser, served


@pytest.fixture
def browser(database: Database) -> Iterator[Browser]:
    """Nobody yet."""
    with served(database) as browser:
        yield browser


def test_nobody_is_asked_to_sign_in_and_led_back(browser: Browser) -> None:
    answer = browser.http.get("/cases?stage=intake", follow_redirects=False)
    assert answer.status_code in (303, 404)
    home = browser.http.get("/", follow_redirects=False)
    assert (home.status_code, home.headers["location"]) == (303, "/sign-in")


def test_a_signed_in_counsellor_reads_home_in_turkish(browser: Browser) -> None:
    text = browser.sign_in("counsellor", "tr").get("/").text
    assert '<html lang="tr" dir="ltr">' in text
    assert "Ana sayfa" in text


def test_c6_a_session_ends_when_idle_and_at_once_when_it_is_ended(database: Database) -> None:
    clock = FixedClock(NOW)
    with served(database, clock) as browser:
        browser.sign_in("counsellor")
        assert browser.get("/").status_code == 200
        with database.unit_of_work() as session:
            end_all(session, "counsellor", NOW)
        assert browser.http.get("/", follow_redirects=False).status_code == 303
        browser.sign_in("counsellor")
        clock.at = NOW + timedelta(minutes=15)
        assert browser.http.get("/", follow_redirects=False).status_code == 303


def test_c18_every_answer_says_that_nothing_is_kept_or_run_from_elsewhere(browser: Browser) -> None:
    for path in ("/", "/nothing-here", "/api/cases", "/health/live"):
        headers = browser.http.get(path, follow_redirects=False).headers
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"


def test_assets_are_packed_and_kept(browser: Browser) -> None:
    browser.sign_in("counsellor")
    page = browser.get("/").text
    sheet = page.split('href="/static/bootstrap')[1].split('"')[0]
    answer = browser.http.get(f"/static/bootstrap{sheet}", headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["cache-control"]
    assert int(answer.headers["content-length"]) < 40_000


@pytest.mark.parametrize(("path", "good"), [
    ("/cases", True), ("/cases?a=1", True), ("//evil.example", False), ("https://evil.example", False),
    ("/\\evil.example", False), ("javascript:alert(1)", False), ("/a\r\nSet-Cookie: x", False), ("cases", False),
])  # fmt: skip
def test_only_addresses_of_this_house_are_local(path: str, good: bool) -> None:
    assert is_local(path) is good
