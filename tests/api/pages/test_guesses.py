"""T14: links that somebody tries out raise one alert an hour, and a stale link raises none."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from api.pages.guesses import FROM_ONE_NETWORK, PER
from models.clock import FixedClock
from models.database import Database
from models.glass import Alert
from models.stage import Role
from tests.api.pages.browser import NOW, Browser, served

House = tuple[Browser, FixedClock]


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    """A house without a single link."""
    clock = FixedClock(NOW)
    with served(database, clock) as browser:
        yield browser, clock


def alerts(browser: Browser) -> list[tuple[str, Role, str]]:
    """What operations are told."""
    with browser.house.database.reading() as session:
        return [(row.kind, row.role, row.case_ref) for row in session.exec(select(Alert)).all()]


def guess(browser: Browser, times: int) -> None:
    """Try links that nobody made."""
    for number in range(times):
        assert browser.get(f"/h/guess-{number}").status_code == 404


def test_t14_many_guessed_links_tell_operations_once_an_hour(house: House) -> None:
    browser, clock = house
    guess(browser, FROM_ONE_NETWORK - 1)
    assert alerts(browser) == []
    assert browser.http.post("/w/in/guess", data={"pin": "123456"}).status_code == 422
    told = ("links_guessed", Role.OPERATIONS, "")
    assert alerts(browser) == [told]
    guess(browser, 20)
    assert alerts(browser) == [told]
    assert "many links were tried" in browser.sign_in("operations").get("/operations").text
    clock.advance(PER)
    guess(browser, FROM_ONE_NETWORK)
    assert alerts(browser) == [told, told]
