"""What an instrument is made of."""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Part = Annotated[Decimal, Field(ge=0, le=1)]
Weight = Annotated[Decimal, Field(ge=0, le=1000)]


class Frozen(BaseModel):
    """Checked once, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Frozen):
    """One answer. Without a score it is not applicable: it counts for nothing."""

    code: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
    score: Part | None = None


class Question(Frozen):
    """One question, paraphrased; scored when any of its options is. ``confidence``: how sure we are of it."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,10}$")]
    dimension: str
    topic: str
    weight: Weight = Decimal(1)
    confidence: Literal["high", "medium", "low", "verified"]
    options: tuple[Option, ...] = ()

    @property
    def is_scored(self) -> bool:
        """Whether it counts."""
        return any(option.score is not None for option in self.options)

    @cached_property
    def scores(self) -> dict[str, Decimal | None]:
        """What each answer scores."""
        return {option.code: option.score for option in self.options}


class Composite(Frozen):
    """How the dimensions make one number: the mean of theirs, or one over all their questions."""

    method: Literal["mean_of_dims", "pooled"]
    weights: dict[str, Annotated[Decimal, Field(gt=0, le=1000)]]


class Missing(Frozen):
    """Answers that are not there are left out; below a share of answered questions a dimension has no score."""

    na: Literal["exclude"]
    refused: Literal["exclude"]
    min_answered_per_dimension: Part


class Band(Frozen):
    """A word for a stretch of scores: from ``starts`` up to the next one's."""

    code: str
    starts: Part


class Instrument(Frozen):
    """One version. Nothing of a DRAFT is published: it is not known to be what it stands for."""

    id: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
    version: Annotated[int, Field(ge=1)]
    status: Literal["DRAFT", "VERIFIED"]
    verified_by: str = ""
    source: Annotated[str, Field(min_length=8)]
    source_doc_hash: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    composite: Composite
    missing: Missing
    bands: tuple[Band, ...]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    def question(self, code: str) -> Question | None:
        """The question of a code."""
        return next((one for one in self.questions if one.code == code), None)
