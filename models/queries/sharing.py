"""What a person agreed to and who learned what of them, as it stands now: for their own window."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.case import Case
from models.consent import Consent, ConsentKind
from models.glass import ClassThreeRead
from models.handover import Disclosure
from models.person import Person

MOST = 200


@dataclass(frozen=True)
class Told:
    """One disclosure: when, to whom, for what, and the names of the fields."""

    at: datetime
    recipient: str
    purpose: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """A day on which somebody of a role, or of a partner, read what is most private."""

    day: date
    role: str
    partner: str


def standing_consents(session: Session, case: Case) -> list[Consent]:
    """The principal's consents that hold now, the newest word for each kind, recipient and purpose."""
    query = select(Consent).join(Person, col(Person.id) == Consent.person_id)
    query = query.where(Consent.case_id == case.id, col(Person.principal)).order_by(col(Consent.at), col(Consent.id))
    rows = session.exec(query).all()
    counted = [row for row in rows if row.kind is ConsentKind.DATA or row.journey == case.journey]
    newest = {(row.kind, row.recipient, row.purpose): row for row in counted}
    return [row for row in newest.values() if row.given]


def standing_consent(session: Session, case: Case, consent_id: UUID) -> Consent | None:
    """One of them; None where it does not hold, or is another's."""
    return next((row for row in standing_consents(session, case) if row.id == consent_id), None)


def told_to(session: Session, case: Case) -> list[Told]:
    """What left the house, the newest first."""
    query = select(Disclosure).where(Disclosure.case_id == case.id).order_by(col(Disclosure.at).desc())
    rows = session.exec(query.limit(MOST)).all()
    return [Told(row.at, row.recipient, row.purpose, tuple(row.fields)) for row in rows]


def looked_at_by(session: Session, case: Case) -> list[Looked]:
    """Who read what is most private, a line for each day and role, the newest first: by role and never by name."""
    query = select(ClassThreeRead).where(ClassThreeRead.case_ref == case.ref).order_by(col(ClassThreeRead.at).desc())
    rows = session.exec(query.limit(MOST)).all()
    return list(dict.fromkeys(Looked(row.at.date(), row.role or "", row.partner or "") for row in rows))
