"""Many cases in one transaction: the same as one by one, in few statements, and none of them stands in for another."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlmodel import Session, col, select

from api.cli.answers import answer_to
from api.cli.cast import Life, case_of
from models.case import Case
from models.clock import wall
from models.database import Database
from models.effect import Effect, EffectState
from models.event import Event, verify
from models.queries.cases import open_questions
from models.question import Question, StandingRow
from models.stage import Role
from tests.journeys.light import Light
from tests.journeys.office import Offering, by
from workflows import bulk, sending, together
from workflows.advance import advance
from workflows.bulk import push_many
from workflows.house import House
from workflows.inputs import CaseIn
from workflows.ledger import Action, Marked, Outcome
from workflows.open_case import open_case
from workflows.records import FACTS

ALIKE = "duplicate_review"  # is asked of those who were born on nearly the same day
NAMES = ("Bakhodir", "Zulfiya", "Yorqin", "Munisa", "Humoyun")


class Crowd(Offering):
    """Several cases of one kind of life that are pushed together."""

    def __init__(self, database: Database, others: int) -> None:
        super().__init__(database)
        self.may_fail: set[str] = set()
        for number, name in enumerate(NAMES[:others], 2):
            life = replace(self.life, given_names=name, family_name=name[::-1].title(), native_name=name)
            said = json.loads(json.dumps(case_of(life, number * 37, self.now.date()), default=str))
            open_case(self.house, CaseIn.model_validate(said), by(Role.COUNSELLOR))

    def step(self) -> None:
        """Push all that are due, or go on as one case does."""
        with self.house.database.reading() as session:
            due = list(session.exec(select(Case.ref).where(col(Case.due_at) <= self.now)))
        if due:
            assert set(push_many(self.house, due).failed) <= self.may_fail
        elif not sum(self.answer_for(ref) for ref in refs_of(self.house)):
            self.later_still()

    def answer_for(self, ref: str) -> bool:
        """Every open question of one case. Gives whether there was one."""
        mine, self.ref = self.ref, ref
        try:
            with self.house.database.reading() as session:
                asked = [one for one, whose in open_questions(session) if whose == ref]
            for one in asked:
                body = answer_to(self.life, one.kind, one.subject, self.now.date())
                roles = FACTS[one.kind].roles
                self.say(one.kind, body, one.role if one.role in roles else roles[0])
            return bool(asked)
        finally:
            self.ref = mine

    def later_still(self) -> None:
        """The next thing happens: outside, or to the case that is due first."""
        with self.house.database.reading() as session:
            due = session.exec(select(Case.due_at).where(col(Case.due_at).is_not(None)).order_by(col(Case.due_at)))
            self.agenda.put(due.first() or self.now, lambda: None)
        assert self.agenda.step(), "nothing happens any more"


@pytest.fixture
def light(database: Database) -> Light:
    """Six cases that have just been opened."""
    made = Light(database)
    for number, name in enumerate(NAMES, 2):
        life = Life("", "stays", "UZ", "Samarkand", name, name[::-1].title(), name)
        made.begin(case_of(life, number * 37, made.house.clock.now().date()))
    return made


@pytest.fixture(autouse=True)
def _one_call_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 1)  # the offices of this process are no servers


def refs(light: Light) -> list[str]:
    """All cases of the house."""
    return refs_of(light.house)


def refs_of(house: House) -> list[str]:
    """All cases of a house."""
    with house.database.reading() as session:
        return list(session.exec(select(Case.ref).order_by(col(Case.ref))))


def written(light: Light, ref: str) -> Counter[Any]:
    """What a push has written of a case, without its ids."""
    with light.house.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        notes = session.exec(select(StandingRow).where(StandingRow.case_id == case.id)).all()
        asked = session.exec(select(Question).where(Question.case_id == case.id, Question.kind != ALIKE)).all()
        events = session.exec(select(Event).where(Event.subject == ref)).all()
        found = [(row.stage, row.kind, row.on, str(row.why), row.until) for row in notes]
        found += [(row.kind, row.role, row.until) for row in asked]
        found += [(row.kind, str(row.said)) for row in events if row.said.get("question") != ALIKE]
        return Counter([*found, (case.due_at, case.lease)])


@contextmanager
def statements(database: Database) -> Iterator[Counter[str]]:
    """Counts what is asked of the database, by its first word."""
    found: Counter[str] = Counter()

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found[statement.split(maxsplit=1)[0]] += 1

    event.listen(database.engine, "before_cursor_execute", count)
    yield found
    event.remove(database.engine, "before_cursor_execute", count)


def test_together_is_the_same_as_one_by_one(light: Light) -> None:
    one, *others = refs(light)
    advance(light.house, one)
    pushed = push_many(light.house, others)
    assert set(pushed.stand) == set(others)
    assert not pushed.busy
    assert not pushed.failed
    assert [written(light, ref) - written(light, one) for ref in others] == [Counter()] * 5
    with light.house.database.reading() as session:
        assert verify(session)[1] == []


def test_the_number_of_reads_does_not_grow_with_the_number_of_cases(light: Light) -> None:
    push_many(light.house, refs(light))
    counts = []
    for some in (refs(light)[:3], refs(light)):
        light.house.database.cabinet.clear()
        with statements(light.house.database) as found:
            push_many(light.house, some)
        counts.append(found["SELECT"])
    assert counts[1] - counts[0] < 3, "three cases more, and not one read more for each"


def test_a_case_that_spoils_it_for_the_others_stops_alone(light: Light, monkeypatch: pytest.MonkeyPatch) -> None:
    poison, *others = refs(light)
    decide = bulk.decide_all

    def spoiled(session: Any, cases: Any, now: Any) -> Any:
        assert all(case.ref != poison for case in cases), "a row that nothing can read"
        return decide(session, cases, now)

    monkeypatch.setattr(bulk, "decide_all", spoiled)
    pushed = push_many(light.house, [*others[:2], poison, *others[2:]])
    assert pushed.failed == {poison: "AssertionError"}
    assert set(pushed.stand) == set(others)
    assert all(written(light, ref)[None, None] == 0 for ref in others)


def test_s17_a_case_that_another_run_holds_is_left_to_it(light: Light) -> None:
    theirs, *others = refs(light)
    with light.house.database.unit_of_work() as session:
        session.execute(
            update(Case).where(col(Case.ref) == theirs).values(lease="x", lease_until=wall() + timedelta(minutes=1))
        )
    pushed = push_many(light.house, [theirs, *others])
    assert pushed.busy == {theirs}
    assert set(pushed.stand) == set(others)


def offered(crowd: Crowd) -> int:
    """How many offers the partner has, whatever we believe."""
    return len(crowd.truth()["handovers"])


def test_a_crowd_goes_its_way_in_batches_and_nothing_is_done_twice(database: Database) -> None:
    crowd = Crowd(database, 3)
    crowd.until(lambda: offered(crowd) == 4)
    assert crowd.truth()["duplicates"] == []
    assert crowd.truth()["personal_data_before_acceptance"] == []
    done = Counter((row.case_id, row.action, row.subject, row.generation) for row in crowd.rows(Effect))
    assert max(done.values()) == 1


def offers(crowd: Crowd) -> Counter[EffectState]:
    """How many offers are in which state, as we know it."""
    return Counter(row.state for row in crowd.rows(Effect) if row.action == "offer_handover")


def test_f10_nothing_leaves_that_could_outlast_the_hold_on_its_case(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = Crowd(database, 2)
    real = sending.send_in_time

    def late(house: House, action: Action, marked: Marked, until: datetime) -> Outcome:
        slow = action.name == "offer_handover"
        return real(house, action, marked, wall() if slow else until)

    with monkeypatch.context() as patch:
        patch.setattr(sending, "send_in_time", late)
        crowd.until(lambda: offers(crowd)[EffectState.INTENDED] == 3)
    assert offered(crowd) == 0
    assert {row.attempts for row in crowd.rows(Effect) if row.action == "offer_handover"} == {0}
    crowd.until(lambda: offered(crowd) == 3)
    assert crowd.truth()["duplicates"] == []


def test_f2_an_outcome_that_cannot_be_written_leaves_its_case_alone_behind(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd, real = Crowd(database, 2), together.settle
    crowd.may_fail = {crowd.ref}

    def fails(session: Session, case: Case, marked: Marked, action: Action, *rest: Any) -> str:
        assert (action.name, case.ref) != ("offer_handover", crowd.ref), "a row that cannot be written"
        return real(session, case, marked, action, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(together, "settle", fails)
        crowd.until(lambda: offers(crowd) == {EffectState.CONFIRMED: 2, EffectState.SENT: 1})
    let_lapse(database)
    crowd.until(lambda: offers(crowd)[EffectState.CONFIRMED] == 3)
    assert offered(crowd) == 3
    assert crowd.truth()["duplicates"] == []


def let_lapse(database: Database) -> None:
    """The run that held cases is gone for longer than its hold."""
    with database.unit_of_work() as session:
        session.execute(update(Case).values(lease_until=wall() - timedelta(seconds=1)))
