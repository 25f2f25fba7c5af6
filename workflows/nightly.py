"""Each night every open case is decided anew: what changed by itself is woken, what has no next step is given to

operations (L1), and what will break if nobody acts is counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select

from models import draft, kept_form
from models.case import Case
from models.event import append
from models.forecast import Predicted
from models.question import StandingRow
from models.stage import Stage
from workflows.advance import doing, next_due
from workflows.apply import shown, told
from workflows.commands import is_awake
from workflows.decide import decide
from workflows.duties import duties
from workflows.forecast import Breach, forecast
from workflows.gather import gather
from workflows.house import House
from workflows.lease import lock
from workflows.standing import Asking, Doing, Duty, Standing, Waiting, said_of

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
    """One page. A case that moves on its own meanwhile is the better for it."""
    return sum((check(house, ref) for ref in refs), Counts())


def check(house: House, ref: str) -> Counts:
    """One case: decided anew from its facts, and compared with what was noted when it last moved."""
    now = house.clock.now()
    with house.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref, col(Case.closed_at).is_(None))).first()
        if case is None:
            return Counts()
        facts = gather(session, case, now)
        standings, beside = decide(facts), duties(facts)
        changed = has_changed(session, case, standings)
        stranded = not has_next_step(standings, beside, now)
        late = not is_awake(case, now) and is_late(case, standings, beside, now)
        breaches = forecast(facts, standings)
        known = noted(session, case)
    if set(breaches) != known:
        foresee(house, ref, breaches, now)
    woken = (changed or stranded or late) and wake(house, ref, stranded, now)
    return Counts(1, int(changed), int(woken), int(stranded), int(bool(breaches)))


def noted(session: Session, case: Case) -> set[Breach]:
    """The breaches that were seen the last time."""
    rows = session.exec(select(Predicted).where(Predicted.for_case == case.id)).all()
    return {Breach(row.stage, said_of(row.why), row.at) for row in rows}


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
    rows = session.exec(select(StandingRow).where(StandingRow.case_id == case.id)).all()
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
