"""Which limits are counted in working days, when the offices are open, and what governments decide at short notice."""

from datetime import date, time
from typing import Annotated, ClassVar

from pydantic import Field

from workflows.pathways.row import Row

Two = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class OfficeHours(Row):
    """When the staff of this pathway work."""

    table: ClassVar[str] = "office_hours"

    country: Two
    zone: str
    opens: time
    closes: time


class WorkingTime(Row):
    """A limit of ``[times]`` whose days are working days of the office."""

    table: ClassVar[str] = "working_times"

    limit: str


class HolidayOverride(Row):
    """A day on which the calendar of a country is wrong: offices work, or do not."""

    table: ClassVar[str] = "holiday_overrides"

    country: Two
    day: date
    working: bool


class UsualDuration(Row):
    """How many working days the rest of a stage usually takes, for seeing ahead."""

    table: ClassVar[str] = "usual_durations"

    stage: str
    working_days: Annotated[int, Field(ge=0, le=120)]
