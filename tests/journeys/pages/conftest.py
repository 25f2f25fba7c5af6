"""The running product for the journeys through its pages: real worker, Prefect, simulators, and a browser."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page
from sqlmodel import col, select

from api.cli.cast import Life
from api.cli.place import Place
from api.cli.play import Play
from api.cli.running import start
from models.case import Case
from models.clock import wall
from models.queries.cases import by_ref, notes
from models.question import Question, StandingRow
from models.signed_in import begin
from models.stage import Stage
from tests.journeys.pages.screen import DESK, PHONE, browsing


@dataclass
class Product:
    """The product as its users meet it, with the means to let time pass."""

    place: Place
    play: Play
    browser: Browser

    @property
    def url(self) -> str:
        """Where the pages are."""
        return self.place.api_url

    def cookie(self, handle: str, language: str = "en") -> dict[str, str]:
        """A session of somebody, past the sign-in page."""
        with self.play.database.unit_of_work() as session:
            return {"name": "sila", "value": begin(session, handle, wall(), language), "url": self.url}

    def open(self, life: Life) -> str:
        """Somebody comes. Gives the reference."""
        return self.play.open_case(life, 500 + len(self.play.lives))

    def standing(self, ref: str, stage: Stage) -> StandingRow | None:
        """Where a stage stood when it was last looked at."""
        with self.play.database.reading() as session:
            case = by_ref(session, ref)
            return notes(session, case.id).get(stage) if case else None

    def asked(self, ref: str, kind: str) -> Question | None:
        """The open question of a kind."""
        with self.play.database.reading() as session:
            rows = select(Question).join(Case, col(Case.id) == Question.case_id).where(Case.ref == ref)
            rows = rows.where(col(Question.answered_at).is_(None), col(Question.voided_at).is_(None))
            return session.exec(rows.where(Question.kind == kind)).first()

    def until(self, true: Callable[[], object], seconds: float = 120) -> None:
        """Play on until something holds; whoever has a question that a life leaves to us is not answered for."""
        latest = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < latest, "it does not come"
            self.play.step()

    def soon(self, true: Callable[[], object], seconds: float = 40) -> None:
        """Wait for the worker, while no time passes in the house."""
        latest = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < latest, "the worker does not come"
            time.sleep(0.1)

    @contextmanager
    def window(self, handle: str = "", language: str = "en", size: tuple[int, int] = DESK) -> Iterator[Page]:
        """A window of somebody who is signed in, or of nobody."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": size[0], "height": size[1]}, locale=language,
            device_scale_factor=2 if size == PHONE else 1, has_touch=size == PHONE,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        if handle:
            context.add_cookies([self.cookie(handle, language)])  # type: ignore[list-item]
        yield context.new_page()
        context.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, Play]]:
    """Everything on this machine, once for all journeys through pages."""
    place = Place(tmp_path_factory.mktemp("pages"), usual=False)
    place.make(demo=True)
    with start(place, tick_seconds=5) as stack, Play(place, stack) as play:
        yield place, play


@pytest.fixture(scope="module")
def product(running: tuple[Place, Play]) -> Iterator[Product]:
    """The running product and a browser. Playwright holds the event loop of this thread, which tests of other files

    need for themselves: so there is one for each file.
    """
    with browsing() as browser:
        yield Product(*running, browser)
