"""What several recorders need: the people, and the row that a fact is about."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from models import booking as b
from models.case import Case
from models.consent import Consent, ConsentKind
from models.person import Person
from models.stage import Role
from workflows.commands import Recording, Wrong

STAFF = (Role.COUNSELLOR, Role.SUPERVISOR)
MOVEMENT, PROTECTION = (Role.MOVEMENT_OFFICER, Role.SUPERVISOR), (Role.PROTECTION_OFFICER, Role.SUPERVISOR)
ANYBODY = (*STAFF, Role.MOVEMENT_OFFICER)
OPERATIONS, SUPERVISOR = (Role.OPERATIONS, Role.SUPERVISOR), (Role.SUPERVISOR, Role.OPERATIONS)


def principal(session: Session, case: Case) -> Person:
    """The person whose case it is."""
    return session.exec(select(Person).where(Person.case_id == case.id, Person.principal == True)).one()  # noqa: E712


def person(r: Recording) -> Person:
    """The person the body names. Raises Wrong when they are not of this case."""
    row = r.session.get(Person, r.body.person)
    if row is None or row.case_id != r.case.id:
        raise Wrong("unknown_person", "person: not a person of this case; the status lists their ids.", "person")
    return row


def consent(r: Recording, who: UUID, kind: ConsentKind, **more: Any) -> None:
    """One consent row."""
    kept = {"text_version", "text_hash", "language", "interpreter", "witness"}
    said: dict[str, Any] = r.body.model_dump(include=kept)
    r.save(Consent(**r.row, person_id=who, kind=kind, **said, **more))


def about(r: Recording, kind: type[Any], field: str = "about") -> Any:
    """The row of this case that the body names."""
    try:
        row = r.session.get(kind, UUID(str(getattr(r.body, field))))
    except ValueError:
        row = None
    if row is None or row.case_id != r.case.id:
        raise Wrong("unknown", f"{field}: not found in this case; the question names it.", field)
    return row


def generation(r: Recording, part: int = 1) -> int:
    """How many bookings this journey had for one part of those who travel."""
    mine = select(b.Booking.generation).where(b.Booking.case_id == r.case.id, b.Booking.journey == r.case.journey)
    return max(r.session.exec(mine.where(b.Booking.part == part)).all(), default=0)


def newest_booking(r: Recording) -> b.Booking | None:
    """The newest booking of this journey, for the part of those who travel that the principal is in."""
    mine = select(b.Booking).where(b.Booking.case_id == r.case.id, b.Booking.journey == r.case.journey)
    rows = r.session.exec(mine.where(b.Booking.part == 1)).all()
    return max(rows, key=lambda row: row.generation, default=None)
