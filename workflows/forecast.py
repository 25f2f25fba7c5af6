"""Sees days ahead which limits will break if nobody acts: pure arithmetic on the facts of a case.

Three kinds: a paper or an approval that ends before the day of travel; a partner who can no longer answer in time;
work that is left and usually takes longer than there is time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.stage import Stage, Track
from workflows.calendars import Office, add_working_days, after_working_days
from workflows.facts import Facts
from workflows.gates.exit_clearance import end_of
from workflows.pathways.tables.deadlines import OfficeHours, UsualDuration
from workflows.patience import office
from workflows.standing import Done, NotNeeded, Said, Standing, say

BEFORE_FLIGHT = (
    Stage.COUNSELLING,
    Stage.RISK_ASSESSMENT,
    Stage.HEALTH,
    Stage.TRAVEL_DOCUMENTS,
    Stage.EXIT_CLEARANCE,
    Stage.PARTNER_HANDOVER,
    Stage.FLIGHT_BOOKING,
)
# Which stages follow each other; those that are not named go on beside them.
IN_LINE = (
    Stage.COUNSELLING,
    Stage.RISK_ASSESSMENT,
    Stage.TRAVEL_DOCUMENTS,
    Stage.EXIT_CLEARANCE,
    Stage.FLIGHT_BOOKING,
)


@dataclass(frozen=True)
class Breach:
    """A limit that will break at an instant if nobody acts before."""

    stage: Stage
    why: Said
    at: datetime


def forecast(facts: Facts, standings: Mapping[Stage, Standing]) -> tuple[Breach, ...]:
    """Every limit that is seen to break within the days that the rules look ahead, the nearest first."""
    if facts.closed or facts.departed or facts.track is not Track.RETURN or facts.incidents.suspension:
        return ()
    horizon = facts.now + timedelta(days=float(facts.rules.number("forecast_days")))
    found = [*endings(facts), *answers(facts), *work(facts, standings)]
    return tuple(sorted((breach for breach in found if breach.at <= horizon), key=lambda breach: breach.at))


def flies_at(facts: Facts) -> datetime | None:
    """When they fly: by the live ticket, else at the beginning of the day that is planned."""
    if facts.booking and facts.booking.is_live:
        return facts.booking.departs_at
    if facts.plan_of_journey is None:
        return None
    planned = facts.plan_of_journey.depart_on
    return datetime(planned.year, planned.month, planned.day, tzinfo=facts.now.tzinfo)


def endings(facts: Facts) -> Iterator[Breach]:
    """What is valid now and will not be on the day of travel: it breaks when it ends."""
    flight = flies_at(facts)
    if flight is None:
        return
    for stage, why, until in validities(facts):
        if facts.now < until < flight:
            yield Breach(stage, why, until)


def validities(facts: Facts) -> Iterator[tuple[Stage, Said, datetime]]:
    """Everything with an end: papers and fitness of each person, the exit clearance, the risk assessment."""
    for person in facts.people:
        if person.documents:
            last: date = max(document.expires_on for document in person.documents)
            yield Stage.TRAVEL_DOCUMENTS, say("forecast.document", person=person.id), end_of(last, facts)
        if person.fitness and person.fitness.fit:
            until = end_of(person.fitness.valid_until, facts)
            yield Stage.HEALTH, say("forecast.fitness", person=person.id), until
    if facts.exit and facts.exit.cleared and facts.exit.valid_until:
        yield Stage.EXIT_CLEARANCE, say("forecast.exit"), end_of(facts.exit.valid_until, facts)
    if facts.risk:
        yield Stage.RISK_ASSESSMENT, say("forecast.risk"), facts.risk.valid_until


def answers(facts: Facts) -> Iterator[Breach]:
    """A partner who must accept first: the last instant to ask it, or an answer that usually comes too late."""
    flight, hours, handover = flies_at(facts), hours_of(facts), facts.handover
    if flight is None or hours is None or not facts.is_vulnerable:
        return
    days, status = days_of(facts, Stage.PARTNER_HANDOVER), handover.status if handover else ""
    if status in ("accepted", "arrived", "received"):
        return
    if handover and status in ("offered", "asked_back"):
        if after_working_days(handover.waiting_since, days, hours) > flight:
            yield Breach(Stage.PARTNER_HANDOVER, say("forecast.partner_late"), flight)
        return
    last = add_working_days(flight, -days, hours.countries, hours.zone, hours.overrides)
    yield Breach(Stage.PARTNER_HANDOVER, say("forecast.partner_not_asked"), max(last, facts.now))


def work(facts: Facts, standings: Mapping[Stage, Standing]) -> Iterator[Breach]:
    """What is left usually takes longer than there is time: it breaks on the day of travel."""
    flight, hours = flies_at(facts), hours_of(facts)
    if flight is None or hours is None:
        return
    days = days_left(facts, standings)
    ready = after_working_days(facts.now, days, hours)
    if days and ready > flight:
        yield Breach(Stage.FLIGHT_BOOKING, say("forecast.too_late", days=days), flight)


def days_left(facts: Facts, standings: Mapping[Stage, Standing]) -> int:
    """The longer of what follows in line, and of any stage beside it with the booking that comes after."""
    left = {stage: days_of(facts, stage) for stage in BEFORE_FLIGHT if is_left(standings.get(stage))}
    line = sum(left.get(stage, 0) for stage in IN_LINE)
    beside = [days + left.get(Stage.FLIGHT_BOOKING, 0) for stage, days in left.items() if stage not in IN_LINE]
    return max([line, *beside])


def is_left(standing: Standing | None) -> bool:
    """Whether there is still work in a stage."""
    return standing is not None and not isinstance(standing, Done | NotNeeded)


def days_of(facts: Facts, stage: Stage) -> int:
    """How many working days a stage usually takes."""
    return next((row.working_days for row in facts.rules.rows(UsualDuration) if row.stage == stage.value), 0)


def hours_of(facts: Facts) -> Office | None:
    """The office whose days count."""
    return next((office(facts, hours) for hours in facts.rules.rows(OfficeHours)), None)
