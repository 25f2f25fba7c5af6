"""The tables of the partner's time: limits, the ladder when it is silent, and whose calendars count."""

from typing import ClassVar, Literal

from workflows.pathways.row import Row

Event = Literal["answer", "acceptance", "arrival", "first_week"]


class HandoverDeadline(Row):
    """How long a partner has. ``urgency`` and ``vulnerable`` are None where they make no difference."""

    table: ClassVar[str] = "handover_deadlines"

    event: Event
    urgency: Literal["emergency", "urgent", "normal"] | None = None
    vulnerable: bool | None = None
    value: int
    unit: Literal["hours", "days", "working_days"]


class HandoverRung(Row):
    """What happens so many hours after a limit that passed in silence (after landing, for the arrival)."""

    table: ClassVar[str] = "handover_ladder"

    event: Event
    rung: str
    hours: int
    ordinary_hours: int | None = None


class HandoverCalendar(Row):
    """A country whose days of rest stop the count of working days, beside the one of return."""

    table: ClassVar[str] = "handover_calendars"

    country: str
    zone: str
