"""One case and its partners in one process: real database, commands, ledger, adapters and offices, but no wire."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import col, select

from api.cli.answers import answer_to
from api.cli.cast import Life, case_of
from api.cli.simulate.world import Simulated, furnished
from integrations.in_process import Agenda, Faults
from models.case import Case
from models.database import Database
from models.effect import Effect
from models.handover import Handover, HandoverWord
from models.queries.cases import open_questions
from models.staff import Staff
from models.stage import Role, Stage
from tests.journeys.house import furnish
from workflows import commands
from workflows.advance import advance
from workflows.decide import decide
from workflows.duties import duties
from workflows.facts import Facts
from workflows.gather import gather
from workflows.house import House, World, WorldSettings
from workflows.inbox import hear
from workflows.inputs import CaseIn
from workflows.open_case import open_case
from workflows.records import FACTS
from workflows.standing import Blocked, Standing, reason_of

BEGIN = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
ACCEPT = {"focal_point": "fp_7", "available_from": None}


class Offering:
    """A case that goes its way until it is stopped. What the office does stands in the words of ``area``."""

    def __init__(self, database: Database, area: str = "Mary SILENT", **life: Any) -> None:
        furnish(database)
        self.agenda = Agenda(BEGIN, Random(7))
        self.house = House(database, self.agenda, World(WorldSettings(_env_file=None)))
        self.made = Simulated(self.house, self.agenda)
        self.made.truths = furnished(self.house.world, self.agenda, Faults(Random(1)), self.made.hear)
        known: dict[str, Any] = {"story": "", "ends": "completed", "country": "TM", "vulnerable": True}
        named = {"given_names": "Ogulgerek", "family_name": "Annayeva", "native_name": "Ogulgerek"}
        self.life = Life(**{**known, **named, "area": area, **life})
        said = CaseIn.model_validate(json.loads(json.dumps(case_of(self.life, 1, BEGIN.date()))))
        self.unanswered: set[str] = set()
        self.ref = open_case(self.house, said, by(Role.COUNSELLOR))

    @property
    def now(self) -> datetime:
        """The instant at which everything stands."""
        return self.agenda.at

    def step(self) -> None:
        """Push, answer, or let the next thing happen."""
        case = self.case()
        if case.due_at is not None and case.due_at <= self.now:
            advance(self.house, self.ref)
        elif not self.answer():
            if case.due_at is not None:
                self.agenda.put(case.due_at, lambda: None)
            assert self.agenda.step(), "nothing happens any more"

    def answer(self) -> bool:
        """Every open question that is answered by itself."""
        with self.house.database.reading() as session:
            asked = [one for one, _ in open_questions(session) if one.kind not in self.unanswered]
        for question in asked:
            body = answer_to(self.life, question.kind, question.subject, self.now.date())
            fact = FACTS[question.kind]
            self.say(question.kind, body, question.role if question.role in fact.roles else fact.roles[0])
        return bool(asked)

    def say(self, kind: str, body: dict[str, Any], role: Role = Role.COUNSELLOR) -> None:
        """One fact. Raises Refused."""
        said = FACTS[kind].model.model_validate(json.loads(json.dumps(body, default=str)))
        try:
            commands.record(self.house, self.ref, FACTS[kind], said, by(role))
        except commands.Refused as refused:
            if refused.code != "not_asked":
                raise

    def until(self, code: str | Callable[[], bool], most: int = 600) -> "Offering":
        """Go on until something stands so."""
        true = code if callable(code) else lambda: code in self.codes()
        for _ in range(most):
            if true():
                return self
            self.step()
        raise AssertionError(f"{code} does not come: {sorted(self.codes())} at {self.now}")

    def later(self, span: timedelta) -> None:
        """Time passes and nothing is pushed: we are away."""
        self.agenda.at += span

    def push(self) -> None:
        """As the clock would."""
        advance(self.house, self.ref)

    def hear(self, kind: str, **said: Any) -> str:
        """A word of the partner on the newest handover, as at its door."""
        with self.house.database.unit_of_work() as session:
            row = self.newest(session)
            _, outcome = hear(session, row, f"handover.{kind}", said, "partner:nadia", self.now)
        return outcome

    def newest(self, session: Any) -> Handover:
        """The newest handover that went out."""
        rows = session.exec(select(Handover).where(col(Handover.back).is_(False))).all()
        return max(rows, key=lambda row: (row.journey, row.generation))

    def row(self) -> Handover:
        """The newest handover as it is."""
        with self.house.database.reading() as session:
            return self.newest(session)

    def rows(self, kind: type[Any]) -> list[Any]:
        """All rows of a kind."""
        with self.house.database.reading() as session:
            return list(session.exec(select(kind)).all())

    def words(self) -> list[tuple[str, str]]:
        """Every word of the partner and what came of it."""
        rows = sorted(self.rows(HandoverWord), key=lambda row: row.id)
        return [(row.kind, row.outcome) for row in rows]

    def done(self, action: str) -> list[str]:
        """The states of an action's effects."""
        return [row.state.value for row in self.rows(Effect) if row.action == action]

    def case(self) -> Case:
        """As it is."""
        with self.house.database.reading() as session:
            return session.exec(select(Case).where(Case.ref == self.ref)).one()

    def facts(self) -> Facts:
        """What is true now."""
        with self.house.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == self.ref)).one()
            return gather(session, case, self.now)

    def codes(self) -> set[str]:
        """The reasons of everything that the case stands at or must see to."""
        facts = self.facts()
        asked = {duty.asking.why.code for duty in duties(facts) if duty.is_open(facts.now)}
        reasons = [one.by if isinstance(one, Blocked) else (reason_of(one),) for one in decide(facts).values()]
        return asked | {reason.code for some in reasons for reason in some}

    def stands(self, stage: Stage = Stage.PARTNER_HANDOVER) -> Standing:
        """Where a stage stands now."""
        return decide(self.facts())[stage]

    def truth(self, partner: str = "nadia") -> Mapping[str, Any]:
        """What the office knows, whatever we believe."""
        return self.made.truths.partners[partner].truth()


def by(role: Role) -> Staff:
    """Somebody of one role."""
    return Staff(handle=role.value, roles=[role.value])
