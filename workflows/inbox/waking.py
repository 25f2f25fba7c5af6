"""A word from outside wakes the case that it is about."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models.case import Case
from models.event import append
from workflows.commands import Change, touch


def woken(session: Session, case_id: UUID, kind: str, by: str, now: datetime, **said: Any) -> Change | None:
    """Write down what came, and make the case due; None for a closed one."""
    case = session.get_one(Case, case_id, with_for_update=True)
    append(session, case.ref, kind, by, now, **said)
    return touch(case, now) if case.closed_at is None else None
