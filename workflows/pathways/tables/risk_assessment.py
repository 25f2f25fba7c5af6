"""The tables of risk: domains with their questions, bands, mitigations, and what may be reported."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from workflows.pathways.row import Row

Level = Literal["low", "medium", "high", "critical"]


class Worded(BaseModel):
    """A code with its words in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    en: str
    tr: str


class RiskDomain(Row):
    """One line of the matrix: what may happen to the person, and what to ask about it. ``tracks``: where it counts."""

    table = "risk_domains"

    code: str
    en: str
    tr: str
    tracks: tuple[Literal["return", "in_place"], ...]
    questions: Annotated[tuple[Worded, ...], Field(min_length=1)]


class RiskBand(Row):
    """The level of a score from ``least`` to ``most``. ``acceptable``: a person may be returned at this level."""

    table = "risk_bands"

    level: Level
    least: int
    most: int
    acceptable: bool


class Mitigation(Row):
    """Something that makes a risk smaller."""

    table = "risk_mitigations"

    code: str
    en: str
    tr: str


class Signal(Row):
    """A kind of thing that anybody on the staff may report, and after which a risk is looked at again."""

    table = "risk_signals"

    code: str
    en: str
    tr: str
