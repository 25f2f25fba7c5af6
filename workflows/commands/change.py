"""What every command works with: refusals, the recording of a fact, and the change that wakes a case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.case import Case
from models.clock import wall
from models.staff import Staff
from models.stage import Role
from workflows.inputs import Input


class Refused(Exception):
    """The process does not allow this now. ``code`` is for programs, the text says what to do."""

    status = 409

    def __init__(self, code: str, remedy: str, field: str | None = None) -> None:
        super().__init__(remedy)
        self.code, self.remedy, self.field = code, remedy, field


class NotAllowed(Refused):
    """This person may not do this."""

    status = 403


class Wrong(Refused):
    """What was given cannot be right, whatever the moment."""

    status = 422


class Changed(Refused):
    """Somebody changed the case since the writer looked at it: they see what changed before they go on (F30)."""

    def __init__(self) -> None:
        super().__init__("changed", "The case changed meanwhile: look at what changed, then send it again.")


@dataclass(frozen=True)
class Recording:
    """What a recorder works with."""

    session: Session
    case: Case
    body: Any
    by: str
    now: datetime
    who: Staff | None = None

    @property
    def row(self) -> dict[str, Any]:
        """The columns that every row of a journey has."""
        return {"case_id": self.case.id, "journey": self.case.journey, "at": self.now, "by": self.by}

    def save(self, row: Any, **sealed: Any) -> Any:
        """Keep a row, sealing what is to be sealed."""
        self.session.info["vault"].seal(row, **sealed)
        self.session.add(row)
        return row


@dataclass(frozen=True)
class Fact:
    """A kind of fact: its input, who may record it, how, and whether only when it is asked for."""

    kind: str
    model: type[Input]
    roles: tuple[Role, ...]
    record: Callable[[Recording], None]
    only_when_asked: bool = False


@dataclass(frozen=True)
class Change:
    """A case at its new version. ``wakes``: nobody else sees to it, so that a run must be asked for."""

    ref: str
    ver: int
    pathway: str
    wakes: bool = True


def touch(case: Case, now: datetime) -> Change:
    """Something changed: the case is due at once, under a new version."""
    wakes = not is_awake(case, now)
    case.ver += 1
    case.due_at = now
    return Change(case.ref, case.ver, case.runs_on, wakes)


def is_awake(case: Case, now: datetime) -> bool:
    """Already due, so that a run was asked for and will see the change, or held by a run that looks again."""
    held = case.lease_until is not None and case.lease_until > wall()
    return held or (case.due_at is not None and case.due_at <= now)
