"""Consents, who decides for whom, and withdrawals: each a row, never an edit (domain.md §1.5)."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from models.base import plain, sealed, word
from models.case import OfJourney, OfPerson


class ConsentKind(StrEnum):
    """What was consented to."""

    DATA = "data"
    TRANSFER = "transfer"
    DECLARATION = "declaration"
    ASSENT = "assent"


class Consent(OfPerson, table=True):
    """Given or withdrawn. A transfer names recipient and purpose; the text is known by version and hash.

    ``decision_maker_id``: who signed with a person that cannot decide alone, or consents with a child.
    """

    __tablename__ = "consents"

    kind: ConsentKind = word(ConsentKind)
    given: bool = plain(True)
    recipient: str | None = plain(None, max_length=40)
    purpose: str | None = plain(None, max_length=40)
    text_version: str = plain(max_length=40)
    text_hash: str = plain(max_length=64)
    language: str = plain(max_length=3)
    interpreter: bool = plain(False)
    interpreter_code: str | None = plain(None, max_length=60)
    witness: str | None = plain(None, max_length=60)
    decision_maker_id: UUID | None = plain(None)


class CapacityFinding(OfPerson, table=True):
    """Whether an adult can decide about the journey alone; the newest word counts, in every journey."""

    __tablename__ = "capacity_findings"

    able: bytes | None = sealed(3)
    basis: bytes | None = sealed(3)


class DecisionMaker(OfPerson, table=True):
    """Who decides with a person that cannot decide alone: by which authority, shown by which document, until when."""

    __tablename__ = "decision_makers"

    name: bytes | None = sealed(2)
    authority: str = plain(max_length=40)
    document_hash: str = plain(max_length=64)
    until: date | None = plain(None)


class WithdrawalNote(OfJourney, table=True):
    """What was seen when a person withdrew: noted afterwards, and never a condition."""

    __tablename__ = "withdrawal_notes"

    subject: str = plain(max_length=60)
    third_party: str = plain(max_length=10)
