"""Two whole lives in which every question is answered on its page, as the demo answers it, by whom it is asked of."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.cli.answers import answer_to
from api.cli.cast import people
from api.forms import Setting, fill
from api.main import create_app
from api.settings import DoorSettings
from integrations.serving import Served
from models.database import Database
from models.queries.cases import open_questions
from models.question import Question
from models.stage import Role
from tests.api.pages.browser import Browser
from tests.journeys.house import Living, living, staff
from workflows.records import FACTS

STORIES = (
    "a victim of trafficking stays, with shelter",
    "a mother with a boy and a baby; every word of the partner comes twice",
)


class OnPages(Living):
    """Answers at a browser."""

    browser: Browser
    answered: set[str]

    def answer(self) -> int:
        """Every open question, on its page."""
        with self.house.database.reading() as session:
            asked = [(question, ref) for question, ref in open_questions(session) if ref in self.lives]
        for question, ref in asked:
            self.on_page(question, ref)
        return len(asked)

    def on_page(self, question: Question, ref: str) -> None:
        """Open it, type the answer, look at it once more, send it. Somebody else may have answered meanwhile."""
        path = f"/questions/{question.id}"
        page = self.browser.sign_in(question.role.value, "tr").get(path)
        if page.status_code == 409:
            return
        assert page.status_code == 200, f"{question.kind} as {question.role}: {page.status_code}"
        if page.url.path.endswith("/risk/new"):  # the matrix, which test_specialists fills in
            self.record(ref, question.kind, question.subject, question.role)
            return
        said = answer_to(self.lives[ref], question.kind, question.subject, self.clock.now().date())
        answer = self.browser.http.post(path, data=self.typed(page.text, question.kind, said), follow_redirects=False)
        assert answer.status_code in (303, 409), f"{question.kind} {question.subject}: {answer.text}"
        self.answered.add(question.kind)

    def typed(self, text: str, kind: str, said: dict[str, Any]) -> dict[str, Any]:
        """The fields as somebody fills them in, with the marks of the page."""
        body = json.loads(json.dumps(said, default=str))
        marks = {name: re.findall(f'name="{name}" value="([^"]*)"', text)[-1] for name in ("csrf", "_once", "_seen")}
        return {**fill(FACTS[kind].model, body, Setting()), **marks, "_checked": "1"}


@pytest.fixture
def everybody(database: Database) -> Iterator[OnPages]:
    """A house with its world, its staff and its pages."""
    with living(database) as house:
        with database.unit_of_work() as session:
            for role in Role:
                session.add(staff(role))
        app = create_app(house.house, DoorSettings(prefect_url=""), house.house.clock.now)
        with Served(app) as at:
            lives = OnPages(house.house, house.simulators)
            lives.browser, lives.answered = Browser(at.url, house.house), set()
            yield lives
            lives.browser.http.close()


def test_every_question_of_two_lives_is_answered_on_its_page(everybody: OnPages) -> None:
    chosen = [life for life in people() if life.story in STORIES]
    refs = {everybody.begin(life, number): life for number, life in enumerate(chosen, 1)}
    everybody.live(seconds=200)
    assert {everybody.case(ref).outcome for ref in refs} == {life.ends for life in refs.values()}
    assert len(everybody.answered) >= 40
