"""What every row of a table of rules has: who says so, since when, and who answers for it."""

from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """One row of a table. A subclass names its table, and is thereby known to the loader.

    ``legal`` marks a number that a law or a circular sets: it must name its text and its date.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    table: ClassVar[str]
    kinds: ClassVar[dict[str, type["Row"]]] = {}

    source: str
    owner: str = ""
    valid_from: date | None = None
    legal: bool = False

    def __init_subclass__(cls, **said: Any) -> None:
        super().__init_subclass__(**said)
        if "table" in vars(cls):
            Row.kinds[cls.table] = cls
