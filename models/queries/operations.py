"""What operations watch: counts and references, never names. Every list is short and has an end."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from models.case import SHAKY, Case
from models.deadline import Deadline
from models.effect import Effect, EffectState
from models.forecast import Predicted
from models.glass import Alert
from models.inbound import Inbound
from models.pulse import Pulse
from models.question import StandingRow
from models.stage import Role, Stage

MOST = 50
BEHIND = timedelta(minutes=5)
OPEN = col(Case.closed_at).is_(None)


def by_stage(session: Session) -> dict[Stage, dict[str, int]]:
    """How many open cases stand how in each stage, as last noted."""
    query = select(StandingRow.stage, StandingRow.kind, func.count()).join(Case, col(Case.id) == StandingRow.case_id)
    counts: dict[Stage, dict[str, int]] = {stage: {} for stage in Stage}
    for stage, kind, count in session.exec(query.where(OPEN).group_by(col(StandingRow.stage), col(StandingRow.kind))):
        counts[Stage(stage)][kind] = count
    return counts


def totals(session: Session, now: datetime) -> dict[str, int]:
    """Open cases, those that were due minutes ago and did not move, and messages that wait to be understood."""
    cases = select(func.count()).select_from(Case).where(OPEN)
    behind = cases.where(col(Case.due_at) < now - BEHIND)
    unread = select(func.count()).select_from(Inbound).where(col(Inbound.handled_at).is_(None))
    return {
        "open": session.exec(cases).one(),
        "behind": session.exec(behind).one(),
        "unread": session.exec(unread.where(col(Inbound.trouble).is_(None))).one(),
    }


def behind(session: Session, now: datetime) -> Sequence[tuple[str, datetime]]:
    """Cases whose time came minutes ago, the longest first."""
    query = select(Case.ref, Case.due_at).where(OPEN, col(Case.due_at) < now - BEHIND)
    return session.exec(query.order_by(col(Case.due_at)).limit(MOST)).all()  # type: ignore[return-value]


def stopped(session: Session) -> Sequence[tuple[str, datetime]]:
    """Cases that nobody pushes any more because their pushes crashed, the longest first."""
    query = select(Case.ref, Case.stopped_at).where(OPEN, SHAKY, col(Case.stopped_at).is_not(None))
    return session.exec(query.order_by(col(Case.stopped_at)).limit(MOST)).all()  # type: ignore[return-value]


def unknown_effects(session: Session) -> Sequence[tuple[Effect, str]]:
    """What was sent and may or may not have happened, the oldest first."""
    query = select(Effect, Case.ref).join(Case, col(Case.id) == Effect.case_id)
    return session.exec(query.where(Effect.state == EffectState.UNKNOWN).order_by(col(Effect.at)).limit(MOST)).all()


def effects_of(session: Session, case_id: UUID) -> Sequence[Effect]:
    """The newest effects of a case."""
    query = select(Effect).where(Effect.case_id == case_id).order_by(col(Effect.at).desc())
    return session.exec(query.limit(MOST)).all()


def dead_letters(session: Session) -> Sequence[Inbound]:
    """What came in and nobody could understand, the newest first."""
    query = select(Inbound).where(col(Inbound.trouble).is_not(None), col(Inbound.handled_at).is_(None))
    return session.exec(query.order_by(col(Inbound.received_at).desc()).limit(MOST)).all()


def overdue(session: Session) -> Sequence[tuple[Deadline, str]]:
    """Limits that were missed and still run, the longest overdue first."""
    query = select(Deadline, Case.ref).join(Case, col(Case.id) == Deadline.case_id)
    running = query.where(
        col(Deadline.met_at).is_(None), col(Deadline.voided_at).is_(None), col(Deadline.overdue_at).is_not(None)
    )
    return session.exec(running.order_by(col(Deadline.overdue_at)).limit(MOST)).all()


def predicted(session: Session, now: datetime) -> Sequence[tuple[Predicted, str]]:
    """Limits that will break if nobody acts, the nearest first, as the last night saw them."""
    query = select(Predicted, Case.ref).join(Case, col(Case.id) == Predicted.for_case).where(OPEN)
    return session.exec(query.order_by(col(Predicted.at)).limit(MOST)).all()


def alerts(session: Session) -> Sequence[Alert]:
    """What operations must look at and nobody has, the oldest first."""
    query = select(Alert).where(Alert.role == Role.OPERATIONS, col(Alert.done_at).is_(None))
    return session.exec(query.order_by(col(Alert.at)).limit(MOST)).all()


def pulses(session: Session) -> dict[str, Pulse]:
    """Signs of life by name."""
    return {row.name: row for row in session.exec(select(Pulse))}
