"""Plans and their changes, and what becomes of late claims."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from workflows.inputs.money import Code, Currency, PayeeCode, PayeeIn, RateIn
from workflows.inputs.words import Hash, Input, Money, OfSubjectIn, Short

Dimension = Literal["economic", "social", "psychosocial"]
Level = Literal["individual", "community", "structural"]


class GoalIn(Input):
    """What the person wants to reach."""

    dimension: Dimension
    level: Level
    goal: Code


class InstalmentIn(Input):
    """One payment of a line, not before a day, on a trigger."""

    amount: Money
    due_on: date
    trigger: Code


class LineIn(Input):
    """One activity: what kind of support, for whom, to whom it is paid, and whether it can be done."""

    kind: Code
    level: Level = "individual"
    person: UUID | None = None
    payee: PayeeCode | None = None
    why_not_vendor: Code | None = None
    currency: Currency = "EUR"
    feasibility: dict[Code, Literal["yes", "with_support", "no"]]
    instalments: Annotated[list[InstalmentIn], Field(max_length=6)] = Field(default_factory=list)


class PlanIn(Input):
    """A reintegration plan as the person signed it: its text by hash and language, its goals and lines."""

    text_version: Short
    text_hash: Hash
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    interpreter: bool = False
    signed_on: date
    goals: Annotated[list[GoalIn], Field(min_length=1, max_length=12)]
    left_out: list[Dimension] = Field(default_factory=list)
    lines: Annotated[list[LineIn], Field(min_length=1, max_length=12)]
    payees: Annotated[list[PayeeIn], Field(max_length=12)] = Field(default_factory=list)
    rates: Annotated[list[RateIn], Field(max_length=6)] = Field(default_factory=list)


class PlanChangeIn(PlanIn):
    """A request to change the plan: the new version, the lines that it keeps, and why."""

    reason: Code
    keeps: Annotated[list[UUID], Field(max_length=24)] = Field(default_factory=list)
    lines: Annotated[list[LineIn], Field(max_length=12)] = Field(default_factory=list)


class PlanDecisionIn(OfSubjectIn):
    """A second person's decision on a plan."""

    approved: bool


class PlanDelayIn(Input):
    """Why there is no plan yet."""

    reason: Code


class ClaimEndIn(OfSubjectIn):
    """More time for somebody vulnerable, or the end of an instalment with its reason."""

    extend_to: date | None = None
    lapse: Code | None = None


class ClaimReminderIn(OfSubjectIn):
    """Whether the person could be told that an instalment must be claimed soon."""

    told: bool
