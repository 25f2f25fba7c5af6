"""What holds for every route there is, whoever adds one: headers, sign-in, and that reading changes nothing."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
import sqlmodel
from fastapi.routing import APIRoute
from sqlalchemy import select

from api import pages
from api.main import create_app
from api.pages.headers import ALWAYS
from api.settings import DoorSettings
from models.database import Database
from models.event import Event
from models.question import Question
from models.staff import issue_key
from models.stage import Role
from models.tables import METADATA
from tests.api.pages.browser import NOW, Browser, served
from tests.api.pages.recording import a_case
from workflows.records import FACTS

# Whoever is nobody may open these: signing in, enrolling, and what a link or a printed document leads to.
OPEN_TO_ALL = ("/sign-in", "/enrol", "/static/", "/verify", "/h", "/p/", "/w")
NOTED_BY_READING = ("class_three_reads", "events", "chains")  # class 3 is written down before it is shown (S12)
SEEN = {"signed_in": ("seen_at",)}
Snapshot = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def browser(database: Database) -> Iterator[Browser]:
    """A house with one case."""
    with served(database) as browser:
        yield browser


def page_routes() -> list[APIRoute]:
    """Every page."""
    return [route for router in pages.routers() for route in router.routes if isinstance(route, APIRoute)]


def api_paths() -> list[str]:
    """Every address that a program may read."""
    known = create_app(None, DoorSettings()).openapi()["paths"]
    return sorted(path for path, methods in known.items() if "get" in methods)


def filled(path: str, known: dict[str, str]) -> str:
    """An address with something in each place, real where the test knows something real."""
    return re.sub(r"{(\w+)(:\w+)?}", lambda found: known.get(found[1], str(uuid4())), path)


def real(browser: Browser) -> dict[str, str]:
    """What stands in addresses: a case, a question, a kind of fact."""
    ref = a_case(browser.house)
    with browser.house.database.reading() as session:
        question = session.execute(select(Question.__table__.c.id)).scalars().first()  # type: ignore[attr-defined]
    known = {"ref": ref, "handle": "counsellor", "kind": next(iter(FACTS)), "role": "counsellor", "name": "staff.css"}
    return known | ({"question_id": str(question)} if question else {})


def snapshot(database: Database) -> Snapshot:
    """Everything that is kept, but for when a session was last seen and what was read."""
    with database.reading() as session:
        return {
            name: sorted(map(repr, session.execute(select(*columns)).all()))  # type: ignore[misc]
            for name, table in METADATA.tables.items()
            if name not in NOTED_BY_READING
            and (columns := [one for one in table.columns if one.name not in SEEN.get(name, ())])
        }


def kinds(database: Database) -> list[str]:
    """What happened, in its order."""
    with database.reading() as session:
        return list(session.exec(sqlmodel.select(Event.kind).order_by(sqlmodel.col(Event.id))))


def asked(browser: Browser, method: str, path: str) -> httpx.Response:
    """One request, without following where it leads."""
    return browser.http.request(method, path, follow_redirects=False)


def test_c18_every_route_says_that_nothing_is_kept_and_nothing_is_run_from_elsewhere(browser: Browser) -> None:
    known = real(browser)
    browser.sign_in("counsellor")
    for route in page_routes():
        for method in sorted(route.methods & {"GET", "POST"}):
            headers = asked(browser, method, filled(route.path, known)).headers
            wanted = {name: value for name, value in ALWAYS.items() if name != "Cache-Control"}
            assert {name: headers.get(name) for name in wanted} == wanted, route.path
            kept = "immutable" if route.path.startswith("/static/") else "no-store"
            assert kept in headers["cache-control"], route.path
            policy = headers["content-security-policy"]
            assert "unsafe" not in policy, route.path
    for path in api_paths():
        assert asked(browser, "GET", filled(path, known)).headers["cache-control"] == "no-store", path


def test_forced_browsing_nobody_gets_past_the_sign_in_page(browser: Browser) -> None:
    known = real(browser)
    before, events = snapshot(browser.house.database), kinds(browser.house.database)
    for route in page_routes():
        if f"{route.path}/".startswith(OPEN_TO_ALL):
            continue
        for method in sorted(route.methods & {"GET", "POST"}):
            answer = asked(browser, method, filled(route.path, known))
            assert answer.status_code == 303, (method, route.path, answer.status_code)
            assert answer.headers["location"].startswith("/sign-in"), route.path
    for path in api_paths():
        if path.startswith("/api"):
            assert asked(browser, "GET", filled(path, known)).status_code == 401, path
    assert snapshot(browser.house.database) == before
    assert kinds(browser.house.database) == events


def test_csrf_no_page_takes_a_form_without_the_token_of_the_session(browser: Browser) -> None:
    known = real(browser)
    browser.sign_in("administrator")
    before, events = snapshot(browser.house.database), kinds(browser.house.database)
    for route in page_routes():
        if "POST" in route.methods and not route.path.startswith(OPEN_TO_ALL):
            path = filled(route.path, known)
            assert asked(browser, "POST", path).status_code in (403, 404), path
            answer = browser.http.post(path, data={"csrf": "guessed"}, headers={"Origin": "https://evil.example"})
            assert answer.status_code in (403, 404), path
    assert snapshot(browser.house.database) == before
    assert kinds(browser.house.database) == events


def test_asvs_3_5_3_reading_changes_nothing_whoever_reads(browser: Browser) -> None:
    known, keys = real(browser), {}
    with browser.house.database.unit_of_work() as session:
        for role in Role:
            keys[role] = issue_key(session, role.value, NOW)
    worked = 0
    for role in Role:
        browser.http.cookies.clear()
        browser.sign_in(role.value)
        before, events = snapshot(browser.house.database), len(kinds(browser.house.database))
        for route in page_routes():
            if "GET" in route.methods:
                answer = asked(browser, "GET", filled(route.path, known))
                assert answer.status_code < 500, (role, route.path)
                worked += answer.status_code == 200
        for path in api_paths():
            answer = browser.http.get(filled(path, known), headers={"Authorization": f"Bearer {keys[role]}"})
            assert answer.status_code < 500 or path.startswith("/health"), (role, path)
        after = snapshot(browser.house.database)
        assert [name for name in after if after[name] != before[name]] == [], role
        assert all(kind.endswith(".read") for kind in kinds(browser.house.database)[events:]), role
    assert worked > 4 * len(Role)  # pages were really read, not only refused
