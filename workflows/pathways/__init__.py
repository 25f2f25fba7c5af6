"""Pathways as data: every limit with its value, unit, source and owner, loaded and checked once."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from workflows.facts import Rules

FOLDER = Path(__file__).parent
CURRENT = ("avrr_tr", 1)


class Limit(BaseModel):
    """One number with what it is, and who says so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Decimal
    unit: Literal["minutes", "hours", "days", "tries", "EUR"]
    source: str


class Pathway(BaseModel):
    """One version of a pathway, as its file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pathway: str
    version: int
    valid_from: date
    owner: str
    times: dict[str, Limit]
    numbers: dict[str, Limit]


@cache
def load(pathway: str, version: int) -> Pathway:
    """Read one file. Raises FileNotFoundError, or pydantic's ValidationError naming the field."""
    path = FOLDER / f"{pathway}_{version}.toml"
    return Pathway.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def rules_of(pathway: str, version: int) -> Rules:
    """The limits of a version in the form that stages use."""
    data = load(pathway, version)
    times = {name: timedelta(**{limit.unit: float(limit.value)}) for name, limit in data.times.items()}
    return Rules(data.pathway, data.version, times, {name: limit.value for name, limit in data.numbers.items()})
