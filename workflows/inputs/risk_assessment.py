"""Risk assessments, their approval, and decisions for a child."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from workflows.inputs.words import Input, OfPersonIn, Text


class RiskIn(Input):
    """A risk assessment. The level is the residual risk after mitigation; items are likelihood x impact, 1 to 5."""

    level: Literal["low", "medium", "high", "critical"]
    items: list[dict[str, str | int]] = Field(default_factory=list)
    narrative: Text | None = None


class ApprovalIn(Input):
    """A second person's decision."""

    assessment: UUID
    approved: bool

    def subject(self) -> str | None:
        """The assessment."""
        return str(self.assessment)


class BestInterestsIn(OfPersonIn):
    """The decision about a child."""

    in_favour: bool
    guardian_consents: bool
    carer_confirmed: bool
