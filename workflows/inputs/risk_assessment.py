"""Risk assessments, their approval, later looks, and what is reported meanwhile."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from workflows.inputs.words import Input, OfSubjectIn, Short, Text

Score = Annotated[int, Field(ge=1, le=5)]


class RiskItemIn(Input):
    """One domain of the matrix: likelihood and impact from 1 to 5, before and after what is done about it.

    A domain that does not apply says why. Without mitigation, what is left is what there was.
    """

    domain: Short
    applies: bool = True
    likelihood: Score | None = None
    impact: Score | None = None
    mitigations: Annotated[list[Short], Field(max_length=20, default_factory=list)]
    likelihood_after: Score | None = None
    impact_after: Score | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def is_whole(self) -> "RiskItemIn":
        """Rated, or not applicable with a reason; and smaller only where something is done."""
        if not self.applies:
            return self.without_scores()
        if self.likelihood is None or self.impact is None:
            raise ValueError(f"{self.domain}: give likelihood and impact from 1 to 5, or applies=false with a reason")
        self.likelihood_after = self.likelihood if self.likelihood_after is None else self.likelihood_after
        self.impact_after = self.impact if self.impact_after is None else self.impact_after
        before, after = self.likelihood * self.impact, self.likelihood_after * self.impact_after
        if self.likelihood_after > self.likelihood or self.impact_after > self.impact:
            raise ValueError(f"{self.domain}: what is left after mitigation cannot be more than what there was")
        if after < before and not self.mitigations:
            raise ValueError(f"{self.domain}: name the mitigations that make it smaller")
        return self

    def without_scores(self) -> "RiskItemIn":
        """Not applicable: with a reason, and no number."""
        if not self.reason:
            raise ValueError(f"{self.domain}: say in reason why it does not apply")
        if self.likelihood or self.impact or self.likelihood_after or self.impact_after or self.mitigations:
            raise ValueError(f"{self.domain}: it does not apply, so leave the scores and mitigations out")
        return self


class RiskIn(Input):
    """A risk assessment: every domain of the matrix, and what the assessor judges the remaining risk to be.

    ``reason`` is needed where that differs from what the matrix says.
    """

    level: Literal["low", "medium", "high", "critical"]
    items: Annotated[list[RiskItemIn], Field(max_length=40, default_factory=list)]
    reason: Text | None = None
    narrative: Text | None = None


class ApprovalIn(Input):
    """A second person's decision on what they read. ``sha256``: the hash of that content, or its first 16 digits.

    ``lower_seen``: they read why the assessor judges the risk lower than the matrix.
    """

    assessment: UUID
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{16,64}$")]
    approved: bool
    lower_seen: bool = False

    def subject(self) -> str | None:
        """The assessment with the beginning of its hash."""
        return f"{self.assessment}.{self.sha256[:16]}"


class RiskReviewIn(OfSubjectIn):
    """The assessment was looked at again: it stands as it is, or must be made anew."""

    stands: bool
    reason: Text


class ThreatIn(Input):
    """Something that may endanger a person of the case, as it was reported; by default the principal."""

    kind: Short
    person: UUID | None = None
    happened_on: date | None = None
    channel: Short | None = None
    narrative: Text
