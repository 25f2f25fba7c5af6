"""What tests of recording on pages share: a case of a counsellor's, and forms that are opened and sent."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlmodel import func, select

from api.cli.cast import case_of, people
from models.clock import FixedClock
from models.database import Database
from models.event import Event
from models.queries.cases import timeline
from models.question import Question
from models.staff import Staff
from tests.api.pages.browser import NOW, Browser, served
from workflows.advance import advance
from workflows.house import House
from workflows.inputs import CaseIn
from workflows.open_case import open_case

SCREENED = {"result": "none", "vulnerable": "no"}
CLOCK = FixedClock(NOW)


@pytest.fixture
def browser(database: Database) -> Iterator[Browser]:
    """A counsellor."""
    CLOCK.at = NOW
    with served(database, CLOCK) as browser:
        yield browser.sign_in("counsellor")


@pytest.fixture
def ref(browser: Browser) -> str:
    """A case of the counsellor's."""
    return a_case(browser.house)


def a_case(house: House, number: int = 1, by: str = "counsellor") -> str:
    """Opened by somebody, and looked at once."""
    said = CaseIn.model_validate(case_of(people()[number], number, NOW.date()))
    with house.database.reading() as session:
        who = session.exec(select(Staff).where(Staff.handle == by)).one()
    opened = open_case(house, said, who)
    advance(house, opened)
    return opened


def marks(page: httpx.Response) -> dict[str, str]:
    """The marks of a form that was opened."""
    return {name: re.findall(f'name="{name}" value="([^"]*)"', page.text)[-1] for name in ("csrf", "_once", "_seen")}


def send(browser: Browser, page: httpx.Response, **typed: Any) -> httpx.Response:
    """Send the form of a page."""
    return browser.http.post(page.url.path, data={**marks(page), **typed}, follow_redirects=False)


def facts(browser: Browser, ref: str, kind: str) -> int:
    """How often a fact was recorded."""
    with browser.house.database.reading() as session:
        return sum(event.kind == f"fact.{kind}" for event in timeline(session, ref))


def asked(browser: Browser, kind: str) -> Question:
    """The open question of a kind."""
    with browser.house.database.reading() as session:
        return session.exec(select(Question).where(Question.kind == kind)).one()


def rows(browser: Browser) -> int:
    """How many events there are."""
    with browser.house.database.reading() as session:
        return session.exec(select(func.count()).select_from(Event)).one()
