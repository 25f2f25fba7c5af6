"""Keeps the table of deadlines in line with a decision: opened, moved, reminded of, escalated, met, missed, void.

History is kept: a row is never removed, and a limit that was missed stays so when it is met late.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.base import new_id
from models.cabinet import rows_of
from models.case import Case
from models.deadline import Deadline, Sort
from models.event import append
from models.question import Question
from models.reading import thawed
from models.stage import Stage
from workflows.pathways import rules_of
from workflows.standing import Asking, Doing, Party, Standing, Waiting

BY = "sila"
Key = tuple[Stage, str, str, UUID | None]
# After these we only look or try again ourselves: nobody missed anything.
OURS = frozenset({"then.look_up", "then.send", "then.try_again"})


@dataclass(frozen=True)
class Limit:
    """What a decision says has a limit now."""

    stage: Stage
    sort: Sort
    kind: str
    subject: str
    owner: str
    until: datetime
    then: str
    question: Question | None = None

    @property
    def key(self) -> Key:
        """What makes it the same limit as before."""
        return self.stage, self.kind, self.subject, self.question.id if self.question else None


def limits(
    standings: Mapping[Stage, Standing], asked: Iterable[tuple[Stage, Sort, Asking, Question]]
) -> Iterator[Limit]:
    """Every wait of the stages, and every question, theirs or beside them."""
    for stage, standing in standings.items():
        if isinstance(standing, Waiting):
            yield Limit(stage, Sort.WAIT, standing.why.code, "", standing.on.value, standing.until, standing.then.code)
    for stage, sort, asking, question in asked:
        yield Limit(
            stage, sort, asking.question, asking.subject, asking.role.value, asking.until, asking.then.code, question
        )


def keep(
    session: Session,
    case: Case,
    standings: Mapping[Stage, Standing],
    asked: Iterable[tuple[Stage, Sort, Asking, Question]],
    running: Iterable[Deadline],
    answered: Mapping[UUID, datetime | None],
    now: datetime,
) -> datetime | None:
    """Bring the table in line, for the stages given. Gives when the next reminder is due."""
    known = {key_of(row): row for row in running if row.stage in standings}
    reminders = []
    for limit in limits(standings, asked):
        row = known.pop(limit.key, None) or opened(session, case, limit, now)
        if not is_same(row, limit, now):
            row = thawed(session, row)
            move(session, case, row, limit, now)
        reminders.append(row.remind_at if row.reminded_at is None else None)
    for row in known.values():
        end(session, case, row, answered, standings[row.stage], now)
    return min((at for at in reminders if at is not None), default=None)


def running(session: Session, case: Case) -> list[Deadline]:
    """The deadlines of a case that are neither met nor void, to be read only."""
    return [row for row in rows_of(session, case, Deadline) if row.met_at is None and row.voided_at is None]


def is_same(row: Deadline, limit: Limit, now: datetime) -> bool:
    """Whether nothing about it is to be written."""
    remind = row.remind_at is not None and row.reminded_at is None and row.remind_at <= now
    as_before = (row.until, row.holder, row.then, row.paused_at) == (limit.until, limit.owner, limit.then, None)
    return as_before and not remind


def key_of(row: Deadline) -> Key:
    """See ``Limit.key``."""
    return row.stage, row.kind, row.subject, row.question_id


def opened(session: Session, case: Case, limit: Limit, now: datetime) -> Deadline:
    """A new one. Staff are reminded before their time is over; others are reminded by their stages."""
    row = Deadline(
        id=new_id(), case_id=case.id, at=now, by=BY, journey=case.journey, stage=limit.stage, sort=limit.sort,
        kind=limit.kind, subject=limit.subject, owner=limit.owner, since=now, until=limit.until, then=limit.then,
        question_id=limit.question.id if limit.question else None,
    )  # fmt: skip
    if limit.question:
        share = float(rules_of(case.pathway, case.pathway_version).number("reminder_share"))
        row.remind_at = now + share * (limit.until - now)
    session.add(row)
    return row


def move(session: Session, case: Case, row: Deadline, limit: Limit, now: datetime) -> None:
    """Missed, reminded of, handed up, or only another instant than before."""
    if row.question_id and row.overdue_at is None and row.until <= now and limit.until > row.until:
        row.overdue_at = row.until
        append(session, case.ref, "deadline.missed", BY, now, task=row.kind, owner=row.owner, stage=row.stage.value)
    if row.remind_at and row.reminded_at is None and row.remind_at <= now and row.overdue_at is None:
        row.reminded_at = now
        append(session, case.ref, "deadline.reminded", BY, now, task=row.kind, owner=row.holder, stage=row.stage.value)
    if limit.owner != row.holder:
        row.escalations = [*row.escalations, [limit.owner, now.isoformat()]]
    if row.paused_at and row.remind_at:
        row.remind_at += now - row.paused_at
    row.paused_at, row.until, row.then = None, limit.until, limit.then


def end(
    session: Session,
    case: Case,
    row: Deadline,
    answered: Mapping[UUID, datetime | None],
    standing: Standing,
    now: datetime,
) -> None:
    """Nobody waits for it any longer, or nobody does while the case stands still or we act ourselves."""
    is_asked = row.question_id in answered
    answered_at = answered.get(row.question_id) if row.question_id else None
    if not is_asked and isinstance(standing, Doing):
        return  # a look, a reminder: what is waited for then tells
    if case.stands_still and answered_at is None:
        if row.paused_at is None:
            thawed(session, row).paused_at = now
        return
    row = thawed(session, row)
    if is_asked:
        row.met_at, row.voided_at = answered_at, None if answered_at else now
    elif row.journey != case.journey or row.paused_at:
        row.voided_at = now
    elif row.until <= now and row.owner != Party.DATE.value and row.then not in OURS:
        row.overdue_at, row.voided_at = row.until, now
    else:
        row.met_at = now
