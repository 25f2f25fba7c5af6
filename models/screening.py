"""Screening in two steps, the two statuses of a victim with who decided them, vulnerability, and urgent needs.

Nothing here is edited: a reversed decision is a new row. IOM's status and the official one are different facts
with different deciders (domain.md §2.2).
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from models.base import plain, sealed, word
from models.case import OfPerson


class Body(StrEnum):
    """Who decided on a status, in the words of HTCDS 2.0 (vic_TraffickingStatusDecisionMakingOrg)."""

    POLICE = "Police"
    NGO = "NGO"
    COURT = "CourtOrProsecution"
    AUTHORITY = "NonPoliceGovernmentalOrganization"
    OTHER = "Other"


class Screening(OfPerson, table=True):
    """The first step: indicators seen, the counsellor's own view, what makes vulnerable, an open asylum claim."""

    __tablename__ = "screenings"

    result: bytes | None = sealed(3)
    indicators: bytes | None = sealed(3)
    suspicion: bytes | None = sealed(3)
    vulnerable: bool = plain()
    asylum_pending: bool = plain(False)


class TraffickingInterview(OfPerson, table=True):
    """The second step: one private conversation on act, means and purpose; its narrative is copied nowhere."""

    __tablename__ = "trafficking_interviews"

    language: str = plain(max_length=3)
    interpreter: bool = plain(False)
    findings: bytes | None = sealed(3)
    hint: bytes | None = sealed(3)
    narrative: bytes | None = sealed(3)
    repeated_because: bytes | None = sealed(3)


class StatusKind(StrEnum):
    """Whose status: ours, on which assistance rests, or the official one, on which the permit rests."""

    ASSISTANCE = "assistance"
    OFFICIAL = "official"


class VictimStatus(OfPerson, table=True):
    """A decision on whether the person is a victim: possible, actual or none."""

    __tablename__ = "victim_statuses"

    kind: StatusKind = word(StatusKind)
    interview_id: UUID | None = plain(None)
    status: bytes | None = sealed(3)
    body: bytes | None = sealed(3)
    decided_on: date = plain()
    reasons: bytes | None = sealed(3)


class StatusAppeal(OfPerson, table=True):
    """The person, or somebody for them, asks for the decision to be looked at again."""

    __tablename__ = "status_appeals"

    reasons: bytes | None = sealed(3)


class VulnerabilityAssessment(OfPerson, table=True):
    """Risk and protective factors at four levels; what the machine hints and what a person decided stand apart."""

    __tablename__ = "vulnerability_assessments"

    factors: bytes | None = sealed(3)
    hint: bytes | None = sealed(3)
    level: bytes | None = sealed(3)
    reason: bytes | None = sealed(3)


class UrgentNeed(OfPerson, table=True):
    """Something found in screening that cannot wait; ``met`` tells what was done, once somebody has."""

    __tablename__ = "urgent_needs"

    need: bytes | None = sealed(3)
    met: bytes | None = sealed(3)
    met_by: str | None = plain(None, max_length=60)
