"""Surveys, what people think of the support, and whether they mean to leave again."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from workflows.inputs.words import OfSubjectIn

Answers = Annotated[dict[str, str], Field(max_length=200)]


class SurveyIn(OfSubjectIn):
    """The answers at a point, by the codes of the instrument; ``refused`` and ``na`` are answers too.

    ``proxy``: somebody else answered for the person. ``declined``: the person wants no survey, and needs no reason.
    """

    mode: Literal["in_person", "phone", "video", "self"] = "phone"
    proxy: bool = False
    declined: bool = False
    answers: Answers = Field(default_factory=dict)

    @model_validator(mode="after")
    def has_answers(self) -> "SurveyIn":
        """Answers, or that there are none."""
        if bool(self.answers) == self.declined:
            raise ValueError("answers: give the answers, or say that the person declined")
        return self


class RescoreIn(OfSubjectIn):
    """Scores worked out anew for one response, which is named by its id."""


class SatisfactionIn(OfSubjectIn):
    """What the person thinks of each service: codes of the rules' questions and answers; any may be left out."""

    answers: Answers


class IntentionIn(OfSubjectIn):
    """Whether the person means to migrate again, and why; both may be left unsaid."""

    intends: Literal["yes", "no", "unsure", "not_said"]
    reason: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")] | None = None
