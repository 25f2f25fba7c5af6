"""Weighs what is on offer: which rules of routes each offer keeps and breaks, and in what order they come.

A broken hard rule rules an offer out. The rest are ordered by the points of the soft rules they break, then by price.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from workflows.calendars import birthday, is_working_day
from workflows.facts import ADULT_AT, Booking, Facts, Leg, Offer, Traveller
from workflows.parties import party_of
from workflows.pathways.tables import flight_booking as t
from workflows.standing import Said, say

# What a rule says of an offer: how often it is broken, and why; nothing where it does not apply.
Verdict = tuple[int, Said] | None
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Judged:
    """What one rule says: how often it is broken (0: kept), its points, and whether breaking it rules an offer out."""

    reason: Said
    times: int
    points: int
    hard: bool


@dataclass(frozen=True)
class Ranked:
    """An offer with its points (fewer are better), why, and which hard rules rule it out."""

    offer: Offer
    points: int
    reasons: tuple[Said, ...]
    against: tuple[Said, ...]

    @property
    def codes(self) -> list[str]:
        """The reasons as they are kept: codes without places or times."""
        return [reason.code for reason in self.reasons]


def ranked(facts: Facts, part: int = 1) -> tuple[Ranked, ...]:
    """The offers of the newest search for one part of those who travel: what may be booked first, the best of it first.

    The order is the same for the same facts.
    """
    mine = [offer for offer in facts.offers if offer.part == part]
    newest = max((offer.round for offer in mine), default=0)
    weighed = [weighed_up(facts, offer) for offer in mine if offer.round == newest]
    return tuple(sorted(weighed, key=lambda one: (len(one.against), one.points, one.offer.price, one.offer.id)))


def weighed_up(facts: Facts, offer: Offer) -> Ranked:
    """One offer by every rule of the pathway."""
    said = verdicts(facts, offer)
    against = [one.reason for one in said if one.times and one.hard]
    if shared := meets(facts, offer):
        against.append(shared)
    return Ranked(offer, sum(one.points for one in said), tuple(one.reason for one in said), tuple(against))


def verdicts(facts: Facts, offer: Offer) -> list[Judged]:
    """What each rule that applies says of an offer, in the order of the rules."""
    found = []
    for row in facts.rules.rows(t.Routing):
        verdict = RULES[row.rule](facts, offer)
        if verdict is not None:
            hard = row.hard_for == "everybody" or (row.hard_for == "vulnerable" and facts.is_vulnerable)
            found.append(Judged(verdict[1], verdict[0], verdict[0] * row.weight, hard))
    return found


def meets(facts: Facts, offer: Offer) -> Said | None:
    """A flight on which somebody sits who must never meet this person: no data can soften that."""
    return say("offer.apart") if flights_of(offer) & facts.travel.shunned else None


def flights_of(one: Offer | Booking) -> frozenset[tuple[str, str, datetime]]:
    """The flights of an offer or a booking by carrier, number and departure."""
    return frozenset((leg.carrier, leg.number, leg.departs_at) for leg in one.legs)


def stops(offer: Offer) -> list[tuple[Leg, Leg]]:
    """Each change of planes: the flight before and the flight after."""
    return list(pairwise(offer.legs))


def listed(facts: Facts, offer: Offer) -> Verdict:
    """No change of planes in listed places."""
    rows = facts.rules.rows(t.NoTransit)
    for before, after in stops(offer):
        places = {before.destination: before.country, after.origin: after.origin_country}
        for airport, country in places.items():
            if any(airport == row.airport or country == row.country for row in rows):
                return 1, say("offer.transit_listed", airport=airport)
    return (0, say("offer.transit_allowed")) if stops(offer) else None


def learned(facts: Facts, offer: Offer) -> Verdict:
    """Not where the same nationality with the same kind of document was refused before: on the way or at its end."""
    kinds = {document.kind for person in party_of(facts, offer.part) for document in person.documents}
    for lesson in facts.travel.lessons:
        places = {leg.destination for leg in offer.legs}
        if lesson.airport in places and lesson.nationality in facts.travel.nationalities and lesson.document in kinds:
            return 1, say("offer.refused_before", airport=lesson.airport)
    return None


def connection(facts: Facts, offer: Offer) -> Verdict:
    """Time enough to change planes."""
    least = {row.airport: row.minutes for row in facts.rules.rows(t.Connection)}
    for before, after in stops(offer):
        minutes = int((after.departs_at - before.arrives_at).total_seconds() // 60)
        if minutes < least.get(before.destination, least.get(t.EVERY, 0)):
            return 1, say("offer.connection_short", airport=before.destination, minutes=minutes)
    return (0, say("offer.connection_enough")) if stops(offer) else None


def duration(facts: Facts, offer: Offer) -> Verdict:
    """Not too long from the first take-off to the last landing."""
    if not offer.legs:
        return None
    hours = (offer.legs[-1].arrives_at - offer.legs[0].departs_at) / HOUR
    if hours > facts.rules.time("longest_journey") / HOUR:
        return 1, say("offer.too_long", hours=round(hours))
    return 0, say("offer.not_too_long", hours=round(hours))


def within(facts: Facts, offer: Offer, of: str) -> bool:
    """Whether the last landing is in these hours of the country it is in."""
    last = offer.legs[-1]
    rows = {row.country: row for row in facts.rules.rows(t.LocalHours) if row.of == of}
    row = rows.get(last.country, rows.get(t.EVERY))
    return row is None or row.from_hour <= last.arrives_local.hour < row.to_hour


def daylight(facts: Facts, offer: Offer) -> Verdict:
    """Arrival in daylight, by the clock at the destination."""
    if not offer.legs:
        return None
    return (0, say("offer.daylight")) if within(facts, offer, "daylight") else (1, say("offer.dark"))


def reception(facts: Facts, offer: Offer) -> Verdict:
    """Arrival on a working day and in the working hours of the receiving partner."""
    if not offer.legs:
        return None
    last = offer.legs[-1]
    open_ = is_working_day(last.arrives_local.date(), (last.country,)) and within(facts, offer, "reception")
    return (0, say("offer.partner_open")) if open_ else (1, say("offer.partner_closed"))


def visa(facts: Facts, offer: Offer) -> Verdict:
    """No transit visa is needed by anybody, in the transit area or outside it."""
    for before, after in stops(offer):
        long = after.departs_at - before.arrives_at > facts.rules.time("landside_after")
        outside = long or before.destination != after.origin
        for row in facts.rules.rows(t.TransitVisa):
            needed = before.country in row.countries and facts.travel.nationalities & set(row.nationalities)
            if needed and (row.side == "airside" or outside):
                return 1, say("offer.transit_visa", country=before.country)
    return (0, say("offer.no_visa")) if stops(offer) else None


def night_stop(facts: Facts, offer: Offer) -> Verdict:
    """No night is spent at an airport."""
    for before, after in stops(offer):
        stay = after.departs_at - before.arrives_at
        if by_night(facts, before.arrives_local, stay) >= facts.rules.time("night_stop"):
            return 1, say("offer.night_stop", airport=before.destination)
    return (0, say("offer.no_night_stop")) if stops(offer) else None


def by_night(facts: Facts, begins: datetime, stay: timedelta) -> timedelta:
    """How much of a stay lies in the night of the place."""
    opens, closes = (int(facts.rules.number(name)) for name in ("night_from", "night_to"))
    length = timedelta(hours=(closes - opens) % 24)
    first = begins.replace(hour=opens, minute=0, second=0, microsecond=0) - timedelta(days=1)
    nights = [first + timedelta(days=day) for day in range(stay.days + 3)]
    parts = [min(night + length, begins + stay) - max(night, begins) for night in nights]
    return sum((part for part in parts if part > timedelta()), timedelta())


def carrier(facts: Facts, offer: Offer) -> Verdict:
    """Each carrier takes the documents that people travel with."""
    for leg in offer.legs:
        for row in facts.rules.rows(t.CarrierRefusal):
            if row.carrier in (leg.carrier, t.EVERY) and any(
                {document.kind for document in person.documents} == {row.document}
                for person in party_of(facts, offer.part)
            ):
                return 1, say("offer.carrier_refuses", carrier=leg.carrier)
    return None


def minor(facts: Facts, offer: Offer) -> Verdict:
    """A child without an adult is old enough, and does not change planes, by the rule of each carrier."""
    people = party_of(facts, offer.part)
    if not offer.legs or any(not person.is_child(facts.travel_day) for person in people):
        return None
    rows = {row.carrier: row for row in facts.rules.rows(t.Minor)}
    for leg in offer.legs:
        row = rows.get(leg.carrier, rows.get(t.EVERY))
        if row and (too_young(facts, people, row.from_age) or len(offer.legs) - 1 > row.connections):
            return 1, say("offer.minor_refused", carrier=leg.carrier)
    return 0, say("offer.minor_taken")


def too_young(facts: Facts, people: tuple[Traveller, ...], from_age: int) -> bool:
    """Whether somebody is younger than that on the day."""
    return from_age < ADULT_AT and any(birthday(person.born_on, from_age) > facts.travel_day for person in people)


def direct(facts: Facts, offer: Offer) -> Verdict:
    """No change of planes."""
    count = max(offer.connections, len(offer.legs) - 1)
    return (count, say("offer.changes", count=count)) if count else (0, say("offer.direct"))


def together(facts: Facts, offer: Offer) -> Verdict:
    """On the same flights as the other part of the family."""
    live = [one for one in facts.bookings if one.is_live and one.journey == facts.journey and one.part != offer.part]
    if not live:
        return None
    same = all(flights_of(one) == flights_of(offer) for one in live)
    return (0, say("offer.together")) if same else (1, say("offer.not_together"))


RULES: dict[str, Callable[[Facts, Offer], Verdict]] = {
    "listed": listed,
    "learned": learned,
    "connection": connection,
    "duration": duration,
    "visa": visa,
    "night_stop": night_stop,
    "carrier": carrier,
    "minor": minor,
    "direct": direct,
    "daylight": daylight,
    "together": together,
    "reception": reception,
}
