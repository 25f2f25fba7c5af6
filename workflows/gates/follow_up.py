"""Follow-up has no gate; here is what it goes by: when points are due, and when somebody counts as out of reach."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.stage import Track
from workflows.calendars import months_after
from workflows.facts import Channel, Facts
from workflows.facts.contact import Attempt, Contact
from workflows.facts.rules import Rules
from workflows.pathways.tables.follow_up import AttemptResult, CheckInPoint

VISIT, TRUSTED = "visit", "trusted_contact"


def since(facts: Facts) -> datetime | None:
    """From when the schedule counts: the arrival; in place, the choice."""
    return facts.choice_at if facts.track is Track.IN_PLACE else facts.arrived_at


def zone(facts: Facts) -> str:
    """The time where the person is; where the rules do not know the place, the one that their contact names."""
    return facts.contact.zone or facts.protection.zone


def due_at(row: CheckInPoint, anchor: datetime, where: str) -> datetime:
    """When a point is due: always counted from the anchor, on the calendar of the place (F44)."""
    if row.unit == "months":
        return months_after(anchor, row.offset, where)
    local = anchor.astimezone(ZoneInfo(where)) + timedelta(weeks=row.offset)
    return local.astimezone(anchor.tzinfo)


def schedule(facts: Facts) -> list[tuple[CheckInPoint, datetime]]:
    """The points of this person with the instants at which they are due, in their order."""
    anchor = since(facts) or facts.now
    rows = [row for row in facts.rules.rows(CheckInPoint) if row.whom == "everybody" or facts.is_victim]
    return sorted(((row, due_at(row, anchor, zone(facts))) for row in rows), key=lambda one: one[1])


def is_over(facts: Facts, point: str) -> bool:
    """Somebody spoke with the person at this point, or they did not want to talk."""
    ends = {row.code for row in facts.rules.rows(AttemptResult) if row.ends_point}
    spoken = any(row.point == point and row.result in ends for row in facts.contact.attempts)
    return spoken or any(row.point == point and row.reached for row in facts.check_ins)


def next_point(facts: Facts) -> tuple[CheckInPoint, datetime] | None:
    """The first point after the last one that is over: what was not asked in time is not asked twice later."""
    points = schedule(facts)
    over = [number for number, (row, _) in enumerate(points) if is_over(facts, row.code)]
    left = points[max(over, default=-1) + 1 :]
    return left[0] if left else None


def usable(facts: Facts) -> list[Channel]:
    """The channels by which a message may go to the person now, the preferred first (S19, F24)."""
    limit = facts.rules.time("contact_confirmed")
    mine = (one for one in facts.intake.channels if one.person == facts.principal.id and one.messages)
    return [one for one in mine if not one.is_stale(facts.now, limit)]


def untried(facts: Facts, point: str) -> Channel | None:
    """The next channel by which the person was not asked at this point."""
    asked: set[str] = set()
    for row in facts.contact.messages(point):
        asked |= row.same
    return next((one for one in usable(facts) if one.id not in asked), None)


def in_vain(contact: Contact) -> tuple[Attempt, ...]:
    """The attempts since somebody last spoke with the person."""
    return tuple(one for one in contact.attempts if contact.spoken_at is None or one.at > contact.spoken_at)


def missing(
    rules: Rules, attempts: tuple[Attempt, ...], now: datetime, *, partner: bool, trusted: bool
) -> frozenset[str]:
    """What the rule of loss to follow-up still asks for: nothing of it is left when the set is empty.

    ``partner``: one may visit for us, so the visit must be theirs. ``trusted``: somebody was agreed on with the person.
    """
    visits = [one for one in attempts if one.channel == VISIT and (one.by_partner or not partner)]
    by_others = [one for one in attempts if one.channel == TRUSTED]
    first = min((one.at for one in attempts), default=now)
    asked = {
        "attempts": len(attempts) < rules.number("loss_attempts"),
        "channels": len({one.channel for one in attempts}) < rules.number("loss_channels"),
        "time": now < first + rules.time("loss_after"),
        VISIT: len(visits) < rules.number("loss_visits"),
        TRUSTED: trusted and len(by_others) < rules.number("loss_trusted"),
    }
    return frozenset(name for name, is_missing in asked.items() if is_missing)


def still_missing(facts: Facts) -> frozenset[str]:
    """The same for a case as it stands."""
    may_visit = facts.partner is not None and facts.partner in facts.may_share_with
    partner = may_visit and facts.track is not Track.IN_PLACE
    return missing(facts.rules, in_vain(facts.contact), facts.now, partner=partner, trusted=facts.contact.trusted)


def is_lost(facts: Facts) -> bool:
    """A supervisor decided that the person is out of reach, and nobody has spoken with them since."""
    decided = facts.contact.losses
    if not decided or decided[-1].outcome != "unreachable":
        return False
    return facts.contact.spoken_at is None or facts.contact.spoken_at < decided[-1].at
