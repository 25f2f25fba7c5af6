"""What somebody's cases need: counts that stop at a hundred, lists by filters a page at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from models.access import Act, may
from models.base import UtcDateTime
from models.case import Case
from models.deadline import Deadline
from models.person import Person
from models.queries.access import sees, visible_to
from models.queries.listing import Part, listed
from models.question import Question, StandingRow
from models.signed_in import ABSOLUTE, SignedIn
from models.staff import Staff
from models.stage import Role, Stage, Track
from models.vault import PersonKey

RUNNING = col(Deadline.met_at).is_(None) & col(Deadline.voided_at).is_(None) & col(Deadline.paused_at).is_(None)
PAGE, MOST = 40, 100
LIVE = ("Waiting", "Asking", "Doing")
SOON = timedelta(days=3)
OPEN_QUESTION = (
    col(Question.answered_at).is_(None) & col(Question.voided_at).is_(None) & col(Question.paused_at).is_(None)
)


@dataclass(frozen=True)
class Filters:
    """What a list leaves: all that is None or False leaves everything."""

    stage: Stage | None = None
    waits_for: str | None = None
    track: Track | None = None
    country: str | None = None
    closed: bool = False
    overdue: bool = False
    unowned: bool = False
    mine: bool = False
    asked: bool = False  # something is asked of one's own roles
    near: bool = False  # and soon over
    answered: bool = False  # by somebody else, since one's last visit
    owner: str | None = None
    before: UUID | None = None
    after: UUID | None = None


def page(session: Session, who: Staff, now: datetime, wanted: Filters, most: int = PAGE) -> list[Case]:
    """One page of the cases that somebody may list, the newest first; one more than asked when there are more."""
    part = Part(most + 1, wanted.after or wanted.before, newest=wanted.after is None)
    rows = session.exec(listed(who, now, conditions(who, now, wanted), part, closed=wanted.closed)).all()
    return list(rows if part.newest else rows[::-1])


def conditions(who: Staff, now: datetime, wanted: Filters) -> list[Any]:
    """The filters as conditions on a case."""
    found: list[Any] = [col(Case.closed_at).is_not(None) if wanted.closed else col(Case.closed_at).is_(None)]
    if wanted.stage or wanted.waits_for:
        found.append(noted(wanted))
    found += [Case.track == wanted.track] if wanted.track else []
    found += [Case.country == wanted.country] if wanted.country else []
    found += [col(Case.unowned_since).is_not(None)] if wanted.unowned else []
    found += [func.coalesce(Case.owner, Case.opened_by) == who.handle] if wanted.mine else []
    found += [func.coalesce(Case.owner, Case.opened_by) == wanted.owner] if wanted.owner else []
    return found + [col(Case.id).in_(query) for query in of_clocks(who, now, wanted)]


def of_clocks(who: Staff, now: datetime, wanted: Filters) -> Iterator[SelectOfScalar[UUID]]:
    """Cases with a limit that was missed and still runs, whoever has it now, or with a question to one's own roles."""
    mine = select(Question.case_id).where(OPEN_QUESTION, col(Question.role).in_(roles_of(who)))
    if wanted.overdue:
        missed = col(Deadline.overdue_at).is_not(None) | (col(Deadline.until) <= now)
        yield select(Deadline.case_id).where(RUNNING, missed)
    if wanted.asked:
        yield mine
    if wanted.near:
        yield mine.where(col(Question.until) > now, col(Question.until) <= now + SOON)
    if wanted.answered:
        since = last_visit(who, now)
        yield select(Question.case_id).where(col(Question.answered_at) > since, Question.answered_by != who.handle)


def last_visit(who: Staff, now: datetime) -> ColumnElement[datetime]:
    """When somebody was last here before today's sessions, of which there are many; a day ago for who never was.

    A session ends after eight hours, so that what was seen longer ago belongs to an earlier one.
    """
    earlier = select(func.max(SignedIn.seen_at)).where(
        SignedIn.staff_handle == who.handle, col(SignedIn.seen_at) <= now - ABSOLUTE
    )
    yesterday = literal(now - timedelta(days=1), UtcDateTime())
    return func.coalesce(earlier.scalar_subquery(), yesterday)


def noted(wanted: Filters) -> ColumnElement[bool]:
    """Whether a stage of the case is at work or waits, for somebody or for anybody: one look at it by its index."""
    query = select(StandingRow.id).where(StandingRow.case_id == Case.id, col(StandingRow.kind).in_(LIVE))
    query = query.where(StandingRow.stage == wanted.stage) if wanted.stage else query
    query = query.where(StandingRow.on == wanted.waits_for) if wanted.waits_for else query
    return query.correlate(Case).exists()


def standings_of(
    session: Session, ids: Collection[UUID], *, live: bool = False
) -> dict[UUID, dict[Stage, StandingRow]]:
    """Where the stages of some cases stood when they were last looked at; ``live``: those at work or waiting alone."""
    found: dict[UUID, dict[Stage, StandingRow]] = {id_: {} for id_ in ids}
    query = select(StandingRow).where(col(StandingRow.case_id).in_(ids))
    for row in session.exec(query.where(col(StandingRow.kind).in_(LIVE)) if live else query):
        found[row.case_id][row.stage] = row
    return found


def people_of(session: Session, ids: Collection[UUID]) -> dict[UUID, list[Person]]:
    """The people of some cases, the principal first; their keys are read at once, so that names open without asking."""
    found: dict[UUID, list[Person]] = {id_: [] for id_ in ids}
    rows = session.exec(select(Person).where(col(Person.case_id).in_(ids)).order_by(col(Person.id))).all()
    for row in sorted(rows, key=lambda one: not one.principal):
        found[row.case_id].append(row)
    session.info["keys_read"] = session.exec(
        select(PersonKey).where(col(PersonKey.person_id).in_([row.id for row in rows]))
    ).all()  # kept, so that the session still knows them when a name is opened
    return found


def readable(session: Session, who: Staff, now: datetime, ids: Collection[UUID], field_class: int = 2) -> set[UUID]:
    """Of which of these cases somebody may read fields of a class."""
    case: Any = aliased(Case)
    query = select(case.id).where(case.id.in_(ids), sees(who, now, case, Act.SEE, field_class))
    return set(session.exec(query).all())


def asked(session: Session, who: Staff, now: datetime, most: int = 12) -> Sequence[tuple[Question, str]]:
    """What is asked of somebody's roles in cases that they may list, the most urgent first."""
    query = select(Question, Case.ref).join(Case, col(Case.id) == Question.case_id)
    query = query.where(OPEN_QUESTION, col(Question.role).in_(roles_of(who)), visible_to(who, now))
    return session.exec(query.order_by(col(Question.until), col(Question.id)).limit(most)).all()


def roles_of(who: Staff) -> list[Role]:
    """The roles that somebody holds."""
    return [role for role in Role if who.has(role)]


TILES = {
    "asked": Filters(asked=True), "overdue": Filters(overdue=True), "near": Filters(near=True),
    "answered": Filters(answered=True), "unowned": Filters(unowned=True),
}  # fmt: skip
OUTSIDE = {party: Filters(waits_for=party) for party in ("person", "partner", "consulate", "airline")}


def counts(session: Session, who: Staff, now: datetime, lists: Mapping[str, Filters]) -> dict[str, int]:
    """How many open cases each list has, up to a hundred of each: one query, whatever their number.

    Which cases somebody may list is found once for all lists.
    """
    mine = visible_to(who, now)
    if not may(who, Act.LIST):
        open_ones = select(Case.id).where(mine, col(Case.closed_at).is_(None)).cte("mine")
        mine = col(Case.id).in_(select(open_ones.c.id))
    parts = [
        select(Case.id).where(mine, *conditions(who, now, wanted)).limit(MOST).subquery() for wanted in lists.values()
    ]
    row = session.exec(select(*(select(func.count()).select_from(part).scalar_subquery() for part in parts))).one()
    return dict(zip(lists, row, strict=True))
