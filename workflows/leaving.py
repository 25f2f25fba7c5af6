"""Somebody leaves, or loses the role: keys end, and nothing goes out on their word alone any more (F35).

Every open case that they answered for, or in which an approval of theirs still counts, is handed on, or waits for a
supervisor to name somebody; until then no effect of it is sent.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from models.assignment import CaseAssignment
from models.booking import PriceApproval
from models.case import Case
from models.effect import Effect, EffectState
from models.event import append
from models.incident import CaseOwner
from models.money import MoneyEntry
from models.risk_assessment import RiskApproval
from models.signed_in import end_all
from models.staff import ApiKey, Staff
from models.stage import Role
from workflows.commands import Wrong

APPROVALS: tuple[Any, ...] = (PriceApproval, RiskApproval, MoneyEntry)
OWNERS = (Role.COUNSELLOR, Role.SUPERVISOR)


@dataclass(frozen=True)
class Left:
    """What became of what somebody had."""

    keys: int
    handed_on: int
    flagged: int


def leave(session: Session, staff: Staff, by: str, now: datetime, to: str | None = None) -> Left:
    """End all keys and sessions, hand on cases to somebody (``to``), and flag the others. Raises Wrong."""
    heir = owner(session, to) if to else None
    staff.active = False
    keys = session.exec(select(ApiKey).where(ApiKey.staff_handle == staff.handle)).all()
    for key in keys:
        key.revoked_at = key.revoked_at or now
    end_all(session, staff.handle, now)
    handed_on = flagged = 0
    for case in cases_of(session, staff.handle):
        if heir and case.responsible == staff.handle:
            hand_on(session, case, heir.handle, by, now)
            handed_on += 1
        else:
            flag(session, case, staff.handle, by, now)
            flagged += 1
    let_go(session, staff.handle, by, now)
    append(session, "staff", "staff.stopped", by, now, handle=staff.handle)
    return Left(len(keys), handed_on, flagged)


def let_go(session: Session, handle: str, by: str, now: datetime) -> None:
    """They work on no case any more, and supervise nobody: others in the role are asked, other supervisors lead."""
    live = select(CaseAssignment).where(CaseAssignment.handle == handle, col(CaseAssignment.until).is_(None))
    for row in session.exec(live).all():
        row.until, row.ended_by = now, by
    for one in session.exec(select(Staff).where(Staff.supervisor == handle)).all():
        one.supervisor = None


def owner(session: Session, handle: str) -> Staff:
    """Somebody who may answer for a case. Raises Wrong."""
    staff = session.exec(select(Staff).where(Staff.handle == handle)).first()
    if staff is None or not staff.has(*OWNERS):
        raise Wrong("not_an_owner", "handle: name an active counsellor or supervisor.", "handle")
    return staff


def cases_of(session: Session, handle: str) -> list[Case]:
    """Open cases that somebody answers for, or in which an approval of theirs counts."""
    query = select(Case).where(col(Case.closed_at).is_(None)).with_for_update()
    owned = session.exec(query.where(func.coalesce(Case.owner, Case.opened_by) == handle)).all()
    found: dict[UUID, Case] = {case.id: case for case in owned}
    for kind in APPROVALS:
        approved = select(kind.case_id).where(kind.by == handle, kind.journey == Case.journey)
        found |= {case.id: case for case in session.exec(query.where(col(Case.id).in_(approved))).all()}
    return list(found.values())


def hand_on(session: Session, case: Case, handle: str, by: str, now: datetime) -> None:
    """Somebody else answers for the case; what is still to be sent is sent on their behalf."""
    session.add(CaseOwner(case_id=case.id, at=now, by=by, handle=handle))
    case.owner, case.unowned_since = handle, None
    intended = session.exec(select(Effect).where(Effect.case_id == case.id, Effect.state == EffectState.INTENDED))
    for effect in intended.all():
        effect.on_behalf_of = handle
    append(session, case.ref, "case.handed_on", by, now, to=handle)
    case.ver, case.due_at = case.ver + 1, now


def flag(session: Session, case: Case, handle: str, by: str, now: datetime) -> None:
    """Nobody answers for it until a supervisor names somebody."""
    case.unowned_since = case.unowned_since or now
    append(session, case.ref, "case.unowned", by, now, left=handle)
    case.ver, case.due_at = case.ver + 1, now
