"""Screening in two steps, the decisions on it, vulnerability, and needs that cannot wait."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from models.screening import Body
from workflows.inputs.words import Input, OfSubjectIn, Short, Text

Result = Literal["none", "possible", "actual"]
Code = Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
Codes = Annotated[list[Code], Field(max_length=40, default_factory=list)]


class ScreeningIn(Input):
    """The first step. With an indicator, a suspicion or another result than none, a second person must decide."""

    result: Result = "none"
    indicators: Codes
    suspicion: bool = False
    vulnerable: bool
    asylum_pending: bool = False
    urgent_needs: Codes


class InterviewIn(Input):
    """The second step: one conversation, alone with the person. Codes are those of HTCDS 2.0.

    ``narrative`` is kept here and nowhere else. A second interview needs a reason: nobody tells it twice for us.
    """

    private: bool
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    interpreter: bool = False
    interpreter_has_conflict: bool = False
    acts: Annotated[list[Literal["recruited", "transported", "transferred", "harboured", "received"]],
                    Field(default_factory=list)]  # fmt: skip
    means: Annotated[list[Short], Field(max_length=20, default_factory=list)]
    purposes: Annotated[list[Short], Field(max_length=20, default_factory=list)]
    narrative: Text | None = None
    repeated_because: Text | None = None


class StatusDecisionIn(OfSubjectIn):
    """What a second person decided on the interview that the question names, and why."""

    result: Result
    reasons: Text


class OfficialStatusIn(Input):
    """What an authority or a court decided; it stands beside ours and replaces nothing."""

    status: Result
    body: Body
    decided_on: date
    reasons: Text | None = None


class TraffickingAppealIn(Input):
    """The person, or somebody for them, asks for the decision to be looked at again."""

    reasons: Text


class FactorIn(Input):
    """One factor; ``polarity`` is what it is for this person, in this place."""

    code: Code
    polarity: Literal["risk", "protective"]
    evidence: Text | None = None


class VulnerabilityIn(Input):
    """The factors at four levels, and the level that a person judges them to make, with the reason."""

    factors: Annotated[list[FactorIn], Field(max_length=60)]
    level: Literal["low", "medium", "high"]
    reason: Text

    @model_validator(mode="after")
    def each_once(self) -> "VulnerabilityIn":
        """A factor is a risk or a protection, not both."""
        codes = [factor.code for factor in self.factors]
        if len(codes) != len(set(codes)):
            raise ValueError("factors: a factor is named twice; say once whether it is a risk or protects")
        return self


class UrgentNeedIn(OfSubjectIn):
    """What was done about it."""

    met: Text
