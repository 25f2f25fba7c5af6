"""The partner's clock: limits by urgency and vulnerability, standing still while we owe an answer, and the ladder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from workflows.calendars import add_working_days, is_working_day
from workflows.facts import Booking, Facts, Handover
from workflows.pathways.tables.partner_handover import HandoverCalendar, HandoverDeadline, HandoverRung

LONGEST_DAYS = 4000


@dataclass(frozen=True)
class Rung:
    """A step of the ladder and when it is reached."""

    name: str
    at: datetime


def limit(facts: Facts, event: str, urgency: str | None = None) -> HandoverDeadline:
    """The row that holds for an event. Raises LookupError when the rules have none."""
    for row in facts.rules.rows(HandoverDeadline):
        fits = row.urgency in (None, urgency) and row.vulnerable in (None, facts.is_vulnerable)
        if row.event == event and fits:
            return row
    raise LookupError(f"no deadline for {event}")


def countries(facts: Facts) -> tuple[str, ...]:
    """Whose offices must be open for a day to count."""
    ours = tuple(row.country for row in facts.rules.rows(HandoverCalendar))
    return (*ours, facts.reception.country) if facts.reception.country else ours


def answer_by(facts: Facts, handover: Handover) -> datetime:
    """When the partner must have answered: the time that it had left when it asked back goes on after our answer."""
    row = limit(facts, "answer", handover.urgency)
    pauses = [(since, until or facts.now) for since, until in handover.pauses]
    if row.unit == "hours":
        return handover.since + timedelta(hours=row.value) + sum((b - a for a, b in pauses), timedelta())
    stood = sum((working_time(facts, a, b) for a, b in pauses), timedelta())
    return after_working_time(facts, handover.since, timedelta(days=row.value) + stood)


def working_time(facts: Facts, since: datetime, until: datetime) -> timedelta:
    """How much of a span lies on days on which offices are open at both ends."""
    before = takewhile(lambda span: span[0] < until, open_spans(facts, since))
    return sum((min(end, until) - begin for begin, end in before), timedelta())


def after_working_time(facts: Facts, since: datetime, span: timedelta) -> datetime:
    """The instant at which so much time on working days has passed."""
    for begin, end in open_spans(facts, since):
        if span <= end - begin:
            return begin + span
        span -= end - begin
    raise LookupError("the offices of the two countries are never open on the same day")


def open_spans(facts: Facts, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The working days from an instant on, each from its local midnight to the next; a clock change moves none."""
    zone, both = ZoneInfo(facts.reception.zone), countries(facts)
    day = since.astimezone(zone).date()
    for _ in range(LONGEST_DAYS):
        following = day + timedelta(days=1)
        if is_working_day(day, both):
            begin, end = (datetime.combine(one, time(), zone).astimezone(since.tzinfo) for one in (day, following))
            yield max(begin, since), end
        day = following


def ladder(facts: Facts, event: str, since: datetime) -> tuple[Rung, ...]:
    """The rungs of an event, counted from an instant, in their order."""
    rungs = []
    for row in facts.rules.rows(HandoverRung):
        if row.event == event:
            slow = row.ordinary_hours if not facts.is_vulnerable and row.ordinary_hours is not None else row.hours
            rungs.append(Rung(row.rung, since + timedelta(hours=slow)))
    return tuple(sorted(rungs, key=lambda rung: rung.at))


def answer_ladder(facts: Facts, handover: Handover) -> tuple[Rung, ...]:
    """What happens when an offer stays without an answer."""
    return ladder(facts, "answer", answer_by(facts, handover))


def ends_at(facts: Facts, handover: Handover) -> datetime:
    """When an offer is over: an acceptance that comes later counts no more."""
    return answer_ladder(facts, handover)[-1].at


def is_over(facts: Facts, handover: Handover, now: datetime | None = None) -> bool:
    """An offer that ran out, whether or not anybody has written that down."""
    return handover.status == "offered" and (now or facts.now) >= ends_at(facts, handover)


def accept_before(facts: Facts, departs_at: datetime) -> datetime:
    """The last instant at which an acceptance leaves the partner enough time before a flight."""
    days = limit(facts, "acceptance").value
    return add_working_days(departs_at, -days, countries(facts), facts.reception.zone)


def meet_ladder(facts: Facts, booking: Booking) -> tuple[Rung, ...]:
    """What happens when nobody says that the person was met."""
    return ladder(facts, "arrival", booking.arrives_at)


def report_by(facts: Facts, arrived_at: datetime) -> datetime:
    """When the partner must have reported the first contact in private."""
    return arrived_at + timedelta(days=limit(facts, "first_week").value)


def report_ladder(facts: Facts, arrived_at: datetime) -> tuple[Rung, ...]:
    """What happens when it does not."""
    return ladder(facts, "first_week", report_by(facts, arrived_at))
