"""Each night every open case is decided anew: what changed by itself is woken, and L1 is checked."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from api.cli.cast import Life, case_of
from models.case import Case
from models.database import Database
from models.event import Event
from models.stage import Stage
from tests.factories import NOW, facts
from tests.journeys.light import Light
from workflows import nightly
from workflows.advance import advance
from workflows.decide import decide
from workflows.due import due_refs
from workflows.duties import duties
from workflows.standing import Blocked, Done, Waiting, say

DAY = timedelta(days=1)


@pytest.fixture
def case(database: Database) -> Light:
    """A case that has come to rest."""
    light = Light(database)
    advance(light.house, light.ref)
    return light


def test_a_quiet_house_is_left_in_peace(case: Light) -> None:
    before = case.case()
    assert nightly.check_all(case.house) == nightly.Counts(seen=1)
    assert case.case().due_at == before.due_at


def test_a_gate_that_changed_by_itself_wakes_the_case(case: Light) -> None:
    case.later(4 * DAY)
    with case.house.database.unit_of_work() as session:  # its timer was lost
        session.merge(case.case()).due_at = case.house.clock.now() + 100 * DAY
    found = nightly.check_all(case.house)
    assert (found.changed, found.woken) == (1, 1)
    assert case.case().due_at == case.house.clock.now()


def test_l1_a_lost_timer_is_put_right(case: Light) -> None:
    with case.house.database.unit_of_work() as session:
        session.merge(case.case()).due_at = None
    assert nightly.check_all(case.house).woken == 1
    assert case.case().due_at == case.house.clock.now()
    assert nightly.check_all(case.house).woken == 0


def test_a_closed_case_is_not_looked_at(case: Light) -> None:
    with case.house.database.unit_of_work() as session:
        session.merge(case.case()).closed_at = case.house.clock.now()
    assert nightly.check_all(case.house) == nightly.Counts()


def test_pages_hold_every_open_case_once(database: Database) -> None:
    light = Light(database)
    refs = {light.ref}
    for number in range(2, 6):
        refs.add(another(light, number))
    assert [len(page) for page in nightly.pages(light.house, 2)] == [2, 2, 1]
    assert {ref for page in nightly.pages(light.house, 2) for ref in page} == refs


def test_f12_cases_over_which_a_night_died_are_woken_instead_of_read_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    light = Light(database)
    refs = [light.ref, *(another(light, number) for number in (2, 3))]
    for ref in refs:
        advance(light.house, ref)
    poison, see = refs[1], nightly.see

    class Died(BaseException):
        """What no code of ours catches."""

    def deadly(session: Session, case: Case, *rest: Any) -> Any:
        if case.ref == poison:
            raise Died
        return see(session, case, *rest)

    monkeypatch.setattr(nightly, "see", deadly)
    assert nightly.check_page(light.house, refs[2:]) == nightly.Counts(seen=1)
    with pytest.raises(Died):
        nightly.check_page(light.house, refs[:2])
    assert nightly.check_page(light.house, refs[2:]) == nightly.Counts(seen=1)
    assert nightly.check_page(light.house, refs[:2]) == nightly.Counts(seen=2, woken=2)
    assert set(due_refs(light.house, 9)) == set(refs[:2])
    monkeypatch.setattr(nightly, "see", see)
    assert nightly.check_page(light.house, refs) == nightly.Counts(seen=3)


def another(light: Light, number: int) -> str:
    """One more case."""
    life = Life("", "stays", "UZ", "Samarkand", f"Dil{'abcdefgh'[number]}", "Karimova", "Dil")
    return light.begin(case_of(life, number, light.house.clock.now().date()))


def test_a_case_that_cannot_be_decided_is_given_to_operations_and_keeps_nobody_waiting(
    case: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, see = another(case, 2), nightly.see

    def fails(session: Session, one: Case, *rest: Any) -> nightly.Seen:
        assert one.ref != other, "a row that nothing can read"
        return see(session, one, *rest)

    monkeypatch.setattr(nightly, "see", fails)
    assert nightly.check_all(case.house) == nightly.Counts(seen=2, stranded=1)


def test_trouble_of_the_database_strands_nobody(case: Light, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> nightly.Seen:
        raise OperationalError("SELECT", {}, Exception())

    monkeypatch.setattr(nightly, "see", away)
    with pytest.raises(OperationalError):
        nightly.check_all(case.house)


def test_l1_knows_a_next_step_from_none() -> None:
    known = facts()
    assert nightly.has_next_step(decide(known), duties(known), NOW)
    stuck = {Stage.HEALTH: Blocked((say("health.no_doctor"),)), Stage.INTAKE: Done(say("case.closed"))}
    assert not nightly.has_next_step(stuck, (), NOW)
    over = {Stage.HEALTH: Waiting(on="date", why=say("case.closed"), until=NOW, then=say("case.closed"))}  # type: ignore[arg-type]
    assert not nightly.has_next_step(over, (), NOW)


def test_who_has_no_next_step_is_noted(case: Light) -> None:
    assert nightly.wake(case.house, case.ref, True, case.house.clock.now())
    with case.house.database.reading() as session:
        assert "case.stranded" in session.exec(select(Event.kind)).all()
