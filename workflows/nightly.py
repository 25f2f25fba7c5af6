"""Each night every open case is decided anew: what changed by itself is woken, what has no next step is given to

operations (L1), and what will break if nobody acts is counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from models import draft, kept_form
from models.cabinet import Cabinet, rows_of
from models.case import Case
from models.event import append
from models.forecast import Predicted
from models.question import StandingRow
from models.stage import Stage
from models.warming import warm
from workflows.advance import doing, next_due
from workflows.apply import shown, told
from workflows.commands import is_awake
from workflows.decide import decide
from workflows.duties import duties
from workflows.forecast import Breach, forecast
from workflows.gather import gather
from workflows.gather.reader import together
from workflows.house import House
from workflows.lease import MOST_STUMBLES, lock
from workflows.standing import Asking, Doing, Duty, Standing, Waiting, said_of
from workflows.unfinished import reading_page

BY = "sila"
PAGE = 200


@dataclass(frozen=True)
class Counts:
    """What a night found: cases decided anew, changed since, woken, without a next step, with limits about to break."""

    seen: int = 0
    changed: int = 0
    woken: int = 0
    stranded: int = 0
    breaking: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


def page_of(
    session: Session, after: UUID | None = None, most: int = PAGE, among: ColumnElement[bool] | None = None
) -> list[tuple[UUID, str]]:
    """Ids and references of open cases, from the one after an id on; ``among``: only those for which this holds."""
    query = select(Case.id, Case.ref).where(col(Case.closed_at).is_(None)).order_by(col(Case.id)).limit(most)
    query = query.where(among) if among is not None else query
    return list(session.exec(query.where(col(Case.id) > after) if after else query).all())


def pages(house: House, most: int = PAGE) -> Iterable[list[str]]:
    """All open cases, a page of references at a time."""
    after: UUID | None = None
    while True:
        with house.database.reading() as session:
            found = page_of(session, after, most)
        if not found:
            return
        yield [ref for _, ref in found]
        after = found[-1][0]


def sweep(house: House) -> None:
    """Forms that were put aside or kept, and that nobody came back for, go when their time is over."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        draft.forget_expired(session, now)
        kept_form.forget_expired(session, now)


def check_all(house: House) -> Counts:
    """Every open case."""
    sweep(house)
    return sum((check_page(house, refs) for refs in pages(house)), Counts())


def check_page(house: House, refs: Iterable[str]) -> Counts:
    """One page. A case that moves on its own meanwhile is the better for it; one over which a night died is woken."""
    now, page = house.clock.now(), set(refs)
    with reading_page(house, page) as left:
        seen = read_page(house, page - left, now)
    woken = sum(wake(house, ref, False, now) for ref in sorted(left))
    return sum((follow(house, one, now) for one in seen), Counts(len(left), woken=woken))


def read_page(house: House, refs: Iterable[str], now: datetime) -> "list[Seen]":
    """Decide cases together, and write nothing. Those that were stopped are a person's (F12)."""
    goes_on = col(Case.closed_at).is_(None), col(Case.stumbles) < MOST_STUMBLES
    with house.database.reading() as session:
        query = select(Case).where(col(Case.ref).in_(list(refs)), *goes_on)
        cases = session.exec(query.order_by(col(Case.id))).all()
        known = noted_of(session, cases)
        session.info["cabinet"] = Cabinet(len(cases) or 1, session.info["cabinet"].asked_for)  # of this night only
        with together(session):
            warm(session, cases)
            return [looked_at(session, case, known[case.id], now) for case in cases]


def looked_at(session: Session, case: Case, known: set[Breach], now: datetime) -> "Seen":
    """One case; one that cannot be decided keeps nobody else waiting, and counts as without a next step."""
    try:
        return see(session, case, known, now)
    except SQLAlchemyError:  # it is the database's, and no fault of this case: the page fails, and comes again
        raise
    except Exception:  # the push that follows fails too, and counts it (F12)
        return Seen(case.ref, stranded=True)


@dataclass(frozen=True)
class Seen:
    """One case: decided anew from its facts, and compared with what was noted when it last moved."""

    ref: str
    breaches: tuple[Breach, ...] = ()
    foreseen: bool = True
    changed: bool = False
    stranded: bool = False
    late: bool = False


def see(session: Session, case: Case, known: set[Breach], now: datetime) -> Seen:
    """Decide one case, and write nothing."""
    facts = gather(session, case, now)
    standings, beside = decide(facts), duties(facts)
    breaches = tuple(forecast(facts, standings))
    late = not is_awake(case, now) and is_late(case, standings, beside, now)
    stranded = not has_next_step(standings, beside, now)
    return Seen(case.ref, breaches, set(breaches) == known, has_changed(session, case, standings), stranded, late)


def follow(house: House, one: Seen, now: datetime) -> Counts:
    """Write down what was seen of a case, each in a transaction of its own: most have nothing to be written."""
    if not one.foreseen:
        foresee(house, one.ref, one.breaches, now)
    woken = (one.changed or one.stranded or one.late) and wake(house, one.ref, one.stranded, now)
    return Counts(1, int(one.changed), int(woken), int(one.stranded), int(bool(one.breaches)))


def noted_of(session: Session, cases: Iterable[Case]) -> dict[UUID, set[Breach]]:
    """The breaches that were seen the last time, by case."""
    known: dict[UUID, set[Breach]] = defaultdict(set)
    rows = select(Predicted).where(col(Predicted.for_case).in_([case.id for case in cases]))
    for row in session.exec(rows):
        known[row.for_case].add(Breach(row.stage, said_of(row.why), row.at))
    return known


def foresee(house: House, ref: str, breaches: Iterable[Breach], now: datetime) -> None:
    """Note what will break, in the place of what was noted before; no decision reads it."""
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        session.execute(delete(Predicted).where(col(Predicted.for_case) == case.id))
        for one in breaches:
            why: dict[str, object] = {"code": one.why.code, **dict(one.why.values)}
            session.add(Predicted(for_case=case.id, stage=one.stage, at=one.at, why=why, seen_at=now))


def has_changed(session: Session, case: Case, standings: Mapping[Stage, Standing]) -> bool:
    """Whether a stage stands otherwise than was noted: a gate that closed or opened by itself."""
    rows = rows_of(session, case, StandingRow)
    noted = {row.stage: shown(row)[:3] for row in rows}
    return any(noted.get(stage) != told(standing)[:3] for stage, standing in standings.items())


def has_next_step(standings: Mapping[Stage, Standing], beside: Iterable[Duty], now: datetime) -> bool:
    """L1: something to do, an answer that is awaited until an instant to come, or a task with an owner."""
    moves = (isinstance(one, Doing) or (isinstance(one, Waiting | Asking) and one.until > now)
             for one in standings.values())  # fmt: skip
    return any(beside) or any(moves)


def is_late(case: Case, standings: Mapping[Stage, Standing], beside: Iterable[Duty], now: datetime) -> bool:
    """Whether nothing would bring the case back in time: a lost timer."""
    due = now if doing(dict(standings)) else next_due(case, dict(standings), beside, now)
    return due is not None and (case.due_at is None or case.due_at > due)


def wake(house: House, ref: str, stranded: bool, now: datetime) -> bool:
    """Due at once; the tick does the rest. Who has no next step is noted, so that it can be found again."""
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        if stranded:
            append(session, ref, "case.stranded", BY, now)
        if case.closed_at is not None or is_awake(case, now):
            return False
        case.due_at = now
        return True
