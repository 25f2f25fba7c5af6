"""F12: a case whose pushes crash five times stops alone, becomes a task of operations, and goes on when they say so."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from api.cli.cast import Life
from api.cli.cast import case_of as case_of_life
from models.case import Case
from models.clock import wall
from models.database import Database
from models.deadline import Deadline
from models.event import Event
from models.question import Question
from models.stage import Role
from tests.journeys.light import Light
from tests.journeys.office import by
from workflows import advance as moving
from workflows import bulk, commands
from workflows.bulk import push_some
from workflows.due import due_refs, reread
from workflows.house import House
from workflows.inputs.incident import CaseGoesOnIn
from workflows.lease import MOST_STUMBLES, PROCESS, free, new_token, take, take_many
from workflows.nightly import check_all
from workflows.records import FACTS
from workflows.stopped import stumbled

LASTS = timedelta(minutes=5)


class Died(BaseException):
    """What no code of ours catches."""


@pytest.fixture
def light(database: Database) -> Light:
    """Three cases and nothing outside."""
    made = Light(database)
    for number, name in enumerate(("Gulnora", "Malika"), 2):
        life = Life("", "stays", "UZ", "Samarkand", name, name[::-1].title(), name)
        made.begin(case_of_life(life, number * 37, made.house.clock.now().date()))
    return made


def case_of(house: House, ref: str) -> Case:
    with house.database.reading() as session:
        return session.exec(select(Case).where(Case.ref == ref)).one()


def refs_of(house: House) -> list[str]:
    with house.database.reading() as session:
        return list(session.exec(select(Case.ref).order_by(Case.ref)))


def lapses(house: House, ref: str) -> None:
    """A run takes the case and is never heard of again."""
    with house.database.unit_of_work() as session:
        take(session, ref, new_token(), LASTS)
    with house.database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        case.lease_until = wall() - timedelta(seconds=1) if case.lease else None


def dies(house: House, ref: str) -> None:
    """The process of its run ended, and its worker saw it."""
    with house.database.unit_of_work() as session:
        take(session, ref, "dead.1", LASTS)
    assert free(house.database, "dead", LASTS) == [ref]
    assert free(house.database, "dead", LASTS) == []


def raises(house: House, ref: str) -> None:
    """Its push raised what nobody foresaw."""
    stumbled(house, ref, "any", LookupError("a row that nothing can read"))


@pytest.mark.parametrize("crash", [lapses, dies, raises], ids=lambda crash: str(crash.__name__))
def test_f12_five_crashes_stop_a_case_and_a_person_lets_it_go_on(
    light: Light, crash: Callable[[House, str], None]
) -> None:
    house, (poison, *others) = light.house, refs_of(light.house)
    for _ in range(MOST_STUMBLES):
        assert case_of(house, poison).stopped_at is None
        crash(house, poison)
    with house.database.unit_of_work() as session:
        assert take(session, poison, "next", LASTS) is None
        assert len(take_many(session, others, "next", LASTS)) == len(others)
    light.later(timedelta(hours=1))
    reread(house)
    reread(house)
    assert poison not in due_refs(house, 10)
    question, limit = task(house, poison)
    assert (question.role, question.kind, limit.owner) == (Role.OPERATIONS, "case_goes_on", "operations")
    commands.record(house, poison, FACTS["case_goes_on"], CaseGoesOnIn(cause="mended"), by(Role.OPERATIONS))
    assert poison in due_refs(house, 10)
    assert moving.advance(house, poison) is not None
    question, limit = task(house, poison)
    assert question.answered_at == limit.met_at == house.clock.now()
    assert case_of(house, poison).stumbles == 0


def task(house: House, ref: str) -> tuple[Question, Deadline]:
    """What operations have to do about it: once."""
    with house.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        asked = select(Question).where(Question.case_id == case.id, Question.kind == "case_goes_on")
        question = session.exec(asked).one()
        return question, session.exec(select(Deadline).where(Deadline.question_id == question.id)).one()


def test_f12_the_task_of_a_stopped_case_is_reminded_of_missed_and_asked_anew_without_a_push(light: Light) -> None:
    house, poison = light.house, refs_of(light.house)[0]
    for _ in range(MOST_STUMBLES):
        raises(house, poison)
    light.later(timedelta(hours=1))
    reread(house)
    question, limit = task(house, poison)
    since, first, ver = limit.since, limit.until, case_of(house, poison).ver
    assert limit.remind_at is not None
    light.later(limit.remind_at - since)
    for _ in range(2):
        reread(house)
        assert kinds(house, poison)[-1] == "deadline.reminded"
        assert kinds(house, poison).count("deadline.reminded") == 1
    light.later(first - limit.remind_at)
    for _ in range(2):
        reread(house)
    question, limit = task(house, poison)
    assert kinds(house, poison)[-1] == "deadline.missed"
    assert (limit.overdue_at, limit.until, question.until) == (first, first + (first - since), first + (first - since))
    assert (question.role, limit.holder) == (Role.OPERATIONS, "operations")
    light.later(3 * (first - since))
    reread(house)
    assert task(house, poison)[1].until == first + 4 * (first - since)
    assert case_of(house, poison).ver == ver + 3  # these three changes; no push
    assert check_all(house).seen == len(refs_of(house)) - 1
    commands.record(house, poison, FACTS["case_goes_on"], CaseGoesOnIn(cause="mended"), by(Role.OPERATIONS))
    assert moving.advance(house, poison) is not None
    assert task(house, poison)[1].met_at == house.clock.now()


def kinds(house: House, ref: str) -> list[str]:
    """What is written down of a case, in its order."""
    with house.database.reading() as session:
        return list(session.exec(select(Event.kind).where(Event.subject == ref).order_by(col(Event.number))))


def test_f12_the_withdrawal_of_a_stopped_case_is_recorded_and_pushed(light: Light) -> None:
    house, poison = light.house, refs_of(light.house)[0]
    for _ in range(MOST_STUMBLES):
        raises(house, poison)
    reread(house)
    commands.withdraw(house, poison, by(Role.COUNSELLOR))
    assert case_of(house, poison).withdrawn_at is not None
    assert moving.advance(house, poison) is not None
    assert task(house, poison)[0].voided_at is not None


def test_f12_what_comes_to_rest_counts_anew_and_trouble_of_the_machine_does_not_count(light: Light) -> None:
    house, ref = light.house, refs_of(light.house)[0]
    for _ in range(MOST_STUMBLES - 1):
        raises(house, ref)
    stumbled(house, ref, "any", OperationalError("", {}, Exception("database is locked")))
    assert case_of(house, ref).stumbles == MOST_STUMBLES - 1
    assert moving.advance(house, ref) is not None
    assert case_of(house, ref).stumbles == 0


def test_f12_who_has_not_stopped_cannot_be_let_go_on(light: Light) -> None:
    with pytest.raises(commands.Refused, match="not stopped"):
        commands.record(
            light.house, refs_of(light.house)[0], FACTS["case_goes_on"], CaseGoesOnIn(cause="mended"),
            by(Role.OPERATIONS),
        )  # fmt: skip


def test_f12_a_process_that_dies_with_a_batch_blames_only_the_case_that_does_it_again(
    light: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole batch was held: each of its cases is then pushed alone, and those that come to rest are cleared."""
    house, (poison, *others) = light.house, refs_of(light.house)
    decide = bulk.decide_all

    def deadly(session: Any, cases: Any, now: Any) -> Any:
        if poison in {case.ref for case in cases}:
            raise Died
        return decide(session, cases, now)

    monkeypatch.setattr(bulk, "decide_all", deadly)
    for _ in range(MOST_STUMBLES):
        with pytest.raises(Died):
            push_some(house, [*others, poison])
        is_replaced(house)
    pushed = push_some(house, [*others, poison])
    assert (pushed.busy, set(pushed.stand)) == ({poison}, set(others))
    assert [case_of(house, ref).stumbles for ref in others] == [0, 0]


def is_replaced(house: House) -> None:
    """Another process takes the place of this one."""
    assert free(house.database, PROCESS, LASTS)


def test_f12_a_process_that_dies_while_it_reads_a_case_has_said_whose_it_was(
    light: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, (ref, other, _) = light.house, refs_of(light.house)

    def deadly(*_: Any) -> Any:
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(moving, "gather", deadly)
        for number in range(1, 3):
            with pytest.raises(Died):
                moving.advance(house, ref)
            assert case_of(house, ref).lease_until is not None
            is_replaced(house)
            assert (case_of(house, ref).stumbles, case_of(house, other).stumbles) == (number, 0)


@pytest.mark.parametrize("where", [moving, bulk], ids=["alone", "in bulk"])
def test_f37_what_was_held_when_the_database_went_away_is_free_at_once(
    light: Light, where: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, ref = light.house, refs_of(light.house)[0]

    def away(*_: Any) -> Any:
        raise OperationalError("", {}, Exception("the connection was lost"))

    monkeypatch.setattr(moving, "gather", away)
    monkeypatch.setattr(bulk, "decide_all", away)
    if where is moving:
        with pytest.raises(OperationalError):
            moving.advance(house, ref)
    else:
        assert push_some(house, [ref]).failed == {ref: "OperationalError"}
    known = case_of(house, ref)
    assert (known.lease, known.stumbles) == (None, 0)
    assert ref in due_refs(house, 10)


def test_f12_a_push_that_raises_is_counted_by_every_grain(light: Light, monkeypatch: pytest.MonkeyPatch) -> None:
    house, ref = light.house, refs_of(light.house)[0]

    def unreadable(*_: Any) -> Any:
        raise LookupError

    monkeypatch.setattr(bulk, "decide_all", unreadable)
    monkeypatch.setattr(moving, "gather", unreadable)
    assert push_some(house, [ref]).failed == {ref: "LookupError"}
    with pytest.raises(LookupError):
        moving.advance(house, ref)
    known = case_of(house, ref)
    assert (known.stumbles, known.lease) == (2, None)
    assert known.due_at == house.clock.now() + timedelta(minutes=2)
