"""The risk of return: the receiving country's input, the assessment, its approval, a child's best interests."""

from datetime import datetime
from uuid import UUID

from models.base import instant, plain, sealed
from models.case import OfJourney, OfPerson


class CountryInput(OfJourney, table=True):
    """What the receiving partner says of the place, asked without any identity."""

    __tablename__ = "country_inputs"

    reference: str = plain(max_length=80, index=True)
    answered_at: datetime | None = instant(None)
    safe: bool | None = plain(None)


class RiskAssessment(OfPerson, table=True):
    """A protection officer's matrix (domain.md §2.4). ``level`` is the residual risk after mitigation."""

    __tablename__ = "risk_assessments"

    level: bytes | None = sealed(3)
    items: bytes | None = sealed(3)
    narrative: bytes | None = sealed(3)
    valid_until: datetime = instant()


class RiskApproval(OfJourney, table=True):
    """A second person's decision on one assessment (S8)."""

    __tablename__ = "risk_approvals"

    assessment_id: UUID = plain(foreign_key="risk_assessments.id", unique=True)
    approved: bool = plain()


class BestInterests(OfPerson, table=True):
    """The decision that return is best for this child, with guardian and carer (S9)."""

    __tablename__ = "best_interests"

    in_favour: bool = plain()
    guardian_consents: bool = plain()
    carer_confirmed: bool = plain()
