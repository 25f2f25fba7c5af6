"""A browser for tests: the served application, one cookie jar, forms filled in as they stand on the page."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi import APIRouter

from api.main import create_app
from api.settings import DoorSettings
from integrations.serving import Served
from integrations.tls import trusted
from models.clock import Clock, FixedClock
from models.database import Database
from models.signed_in import begin
from models.staff import Staff
from models.stage import Role
from tests.journeys.house import furnish
from workflows.house import House, World, WorldSettings

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class Forms(HTMLParser):
    """The forms of a page: each with its address and its fields as they are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms and the fields that would be sent."""
        said = dict(attrs)
        if tag == "form":
            self.forms.append((said.get("action") or "", {}))
        elif tag == "input" and self.forms and said.get("name"):
            chosen = said.get("type") not in ("checkbox", "radio", "submit") or "checked" in said
            if chosen:
                self.forms[-1][1][str(said["name"])] = said.get("value") or ""


class Browser:
    """Somebody at a browser. ``sign_in`` gives them the session of a member of staff."""

    def __init__(self, url: str, house: House, settings: DoorSettings | None = None) -> None:
        self.url, self.house, self.settings = url, house, settings or DoorSettings()
        self.http = httpx.Client(base_url=url, trust_env=False, verify=trusted(), follow_redirects=True, timeout=60)

    def sign_in(self, handle: str, language: str = "en") -> "Browser":
        """As whoever has this handle, past the sign-in page."""
        with self.house.database.unit_of_work() as session:
            value = begin(session, handle, self.house.clock.now(), language)
        self.http.cookies.set("sila", value)
        return self

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.http.get(path)

    def fields(self, page: httpx.Response, action: str) -> dict[str, str]:
        """What the form of a page that goes to an address would send, as it stands."""
        return next(one for one in Forms(page.text).forms if re.search(action, one[0] or page.url.path))[1]

    def submit(self, page: httpx.Response, action: str, **said: Any) -> httpx.Response:
        """Fill in and send the form of a page that goes to an address (the first whose address ends so)."""
        where, fields = next(one for one in Forms(page.text).forms if re.search(action, one[0] or page.url.path))
        return self.http.post(where or page.url.path, data={**fields, **said})


@contextmanager
def served(
    database: Database,
    clock: Clock | None = None,
    prefect: str = "http://127.0.0.1:9",
    routers: Iterable[APIRouter] = (),
    **settings: Any,
) -> Iterator[Browser]:
    """The pages of an empty house with a member of staff for each role, named like it; Prefect is down."""
    furnish(database)
    house = House(database, clock or FixedClock(NOW), World(WorldSettings()))
    with serving(house, prefect, routers, **settings) as browser:
        yield browser


@contextmanager
def serving(
    house: House, prefect: str = "http://127.0.0.1:9", routers: Iterable[APIRouter] = (), **settings: Any
) -> Iterator[Browser]:
    """The same for a house that stands already."""
    with house.database.unit_of_work() as session:
        for role in Role:
            session.add(Staff(handle=role.value, roles=[role.value]))
    known = DoorSettings(**{"prefect_url": prefect, **settings})
    app = create_app(house, known, house.clock.now)
    for router in routers:
        app.include_router(router)
    with Served(app) as at:
        browser = Browser(at.url, house, known)
        yield browser
        browser.http.close()
