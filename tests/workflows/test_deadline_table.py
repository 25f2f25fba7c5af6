"""The table of deadlines: opened with a decision, reminded of, handed up, missed, met; and its history is kept."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from api.cli.answers import answer_to
from api.cli.cast import Life
from models.database import Database
from models.deadline import Deadline
from models.event import Event
from models.queries import deadlines as queries
from models.stage import Role, Stage
from tests.journeys.light import Light
from workflows.advance import Push
from workflows.lease import new_token

DAY = timedelta(days=1)
SCREENING: dict[str, Any] = {"result": "none", "vulnerable": False}


@pytest.fixture
def case(database: Database) -> Light:
    """A new case: the screening is asked for within 24 hours."""
    light = Light(database)
    light.push()
    return light


def rows(case: Light) -> list[Deadline]:
    """All of them, oldest first."""
    with case.house.database.reading() as session:
        return list(session.exec(select(Deadline).order_by(Deadline.id)).all())  # type: ignore[arg-type]


def the(case: Light, kind: str) -> Deadline:
    """The newest of a kind."""
    return [row for row in rows(case) if row.kind == kind][-1]


def first_kind(case: Light) -> str:
    """What a new case asks first."""
    return next(row.kind for row in rows(case) if row.stage is Stage.INTAKE)


def test_a_question_opens_one_with_owner_limit_reminder_and_consequence(case: Light) -> None:
    row = the(case, first_kind(case))
    assert (row.owner, row.holder, row.then) == ("counsellor", "counsellor", "then.escalate")
    assert row.remind_at == row.since + 0.75 * (row.until - row.since)
    assert (row.met_at, row.voided_at, row.overdue_at) == (None, None, None)


def test_nothing_is_written_when_nothing_changes(case: Light) -> None:
    before = [row.model_dump() for row in rows(case)]
    case.push()
    case.later(timedelta(minutes=1))
    case.push()
    assert [row.model_dump() for row in rows(case)] == before


def test_somebody_is_reminded_once_before_the_limit(case: Light) -> None:
    kind = first_kind(case)
    remind_at = the(case, kind).remind_at
    assert remind_at is not None
    case.later(remind_at - case.house.clock.now())
    case.push()
    case.push()
    assert the(case, kind).reminded_at == remind_at
    with case.house.database.reading() as session:
        assert session.exec(select(Event.kind)).all().count("deadline.reminded") == 1


def test_the_clock_brings_the_case_back_for_the_reminder(case: Light) -> None:
    token = new_token()
    Push(case.house, case.ref, token).look()
    assert case.case().due_at == min(row.remind_at for row in rows(case) if row.remind_at)


def test_a_missed_limit_names_its_owner_and_goes_up(case: Light) -> None:
    kind = first_kind(case)
    until = the(case, kind).until
    case.later(until - case.house.clock.now())
    case.push()
    row = the(case, kind)
    assert (row.overdue_at, row.owner, row.holder) == (until, "counsellor", "supervisor")
    assert row.until > until
    with case.house.database.reading() as session:
        assert queries.missed_by_owner(session) == {"counsellor": (1, 1)}
        assert [found.id for found, _ in queries.page(session, missed=True)] == [row.id]


def test_what_is_met_late_stays_missed_and_what_is_met_stays_on_record(case: Light) -> None:
    kind = first_kind(case)
    case.later(the(case, kind).until - case.house.clock.now() + timedelta(hours=1))
    case.push()
    answer(case, kind)
    case.push()
    row = next(row for row in rows(case) if row.kind == kind)
    assert row.met_at == case.house.clock.now()
    assert row.overdue_at is not None
    with case.house.database.reading() as session:
        assert queries.missed_by_owner(session) == {"counsellor": (1, 0)}
        assert row.id not in [found.id for found, _ in queries.page(session)]


def answer(case: Light, kind: str) -> None:
    """What the demo would answer."""
    life = Life("", "stays", "UZ", "Samarkand", "Dilnoza", "Karimova", "Dilnoza")
    case.say(kind, answer_to(life, kind, "", case.house.clock.now().date()))


def test_a_withdrawal_makes_them_void(case: Light) -> None:
    case.say("detained", {"place": "police"})
    case.push()
    assert all(row.paused_at for row in rows(case) if row.stage is Stage.INTAKE)
    case.say("deceased", {"person": str(case.people()[0].id)}, Role.COUNSELLOR)
    case.say("released", {})
    case.push()
    assert all(row.voided_at for row in rows(case) if row.stage is Stage.INTAKE)
