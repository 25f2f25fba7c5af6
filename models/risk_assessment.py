"""The risk of return: the place's word, the assessment, its approval, what is reported since, and every later look."""

import hashlib
from datetime import datetime
from uuid import UUID

from models.base import instant, plain, sealed
from models.case import OfJourney, OfPerson

SEALED = ("level", "hint", "items", "reason", "narrative")


class CountryInput(OfJourney, table=True):
    """What the receiving partner says of the place, asked without any identity.

    ``question`` is frozen as it was asked, with its hash: area, age bands and needs, sealed for the principal.
    ``safe`` is None until it is answered; ``note_code`` is the reason that the partner gives.
    """

    __tablename__ = "country_inputs"

    reference: str = plain(max_length=80, index=True)
    partner: str | None = plain(None, max_length=40, index=True)
    person_id: UUID | None = plain(None, foreign_key="persons.id", index=True)
    question: bytes | None = sealed(3)
    question_sha256: str | None = plain(None, max_length=64)
    answered_at: datetime | None = instant(None)
    safe: bool | None = plain(None)
    note_code: str | None = plain(None, max_length=60)

    @property
    def key_owner(self) -> UUID:
        """The principal, for whom it was asked. Raises ValueError for a question that was kept without its words."""
        if self.person_id is None:
            raise ValueError("nothing of this question is sealed")
        return self.person_id


class RiskAssessment(OfPerson, table=True):
    """A protection officer's matrix (domain.md §2.4): never edited, a change is a new row.

    ``level`` is what the assessor judges the residual risk to be, ``hint`` what the matrix says, ``reason`` why they
    differ. ``signals_seen`` counts what had been reported by then; the two ids are what was read about the place.
    """

    __tablename__ = "risk_assessments"

    level: bytes | None = sealed(3)
    hint: bytes | None = sealed(3)
    items: bytes | None = sealed(3)
    reason: bytes | None = sealed(3)
    narrative: bytes | None = sealed(3)
    valid_until: datetime = instant()
    signals_seen: int = plain(0)
    country_input_id: UUID | None = plain(None)
    country_assessment_id: UUID | None = plain(None)

    def sha256(self) -> str:
        """What an approver approves: a hash over everything sealed in this row, so that it fits no other content."""
        parts = [getattr(self, name) or b"" for name in SEALED]
        return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).hexdigest()


class RiskApproval(OfJourney, table=True):
    """A second person's decision on one assessment as they saw it (S8)."""

    __tablename__ = "risk_approvals"

    assessment_id: UUID = plain(foreign_key="risk_assessments.id", unique=True)
    approved: bool = plain()
    sha256: str | None = plain(None, max_length=64)
    lower_seen: bool = plain(False)


class RiskReview(OfPerson, table=True):
    """Somebody looked at an assessment again: it stands, or a new one must be made."""

    __tablename__ = "risk_reviews"

    assessment_id: UUID = plain(foreign_key="risk_assessments.id", index=True)
    subject: str = plain(max_length=60)
    stands: bool = plain()
    signals_seen: int = plain(0)
    country_assessment_id: UUID | None = plain(None)
    reason: bytes | None = sealed(3)


class Threat(OfPerson, table=True):
    """Something reported that may endanger the person. What it is stays sealed; that it is there wakes the case."""

    __tablename__ = "threats"

    kind: bytes | None = sealed(3)
    channel: bytes | None = sealed(3)
    happened_on: bytes | None = sealed(3)
    narrative: bytes | None = sealed(3)
