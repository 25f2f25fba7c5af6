"""How often to try, how long to wait, when to ask a person instead: shared by all stages, as pure as they are."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.stage import Role, Stage
from workflows.calendars import Office, Overrides, after_working_days
from workflows.facts import Effect, Facts
from workflows.gates.message import goes_again, hours_of
from workflows.pathways.tables.deadlines import HolidayOverride, OfficeHours, WorkingTime
from workflows.standing import Asking, Doing, Duty, Party, Said, Standing, Waiting, say

HELD = "held"  # by the fuse against too many messages at once
OPEN = ("intended", "sent", "unknown")
ESCALATES_TO = {
    Role.COUNSELLOR: Role.SUPERVISOR,
    Role.PROTECTION_OFFICER: Role.SUPERVISOR,
    Role.MEDICAL_OFFICER: Role.SUPERVISOR,
    Role.MOVEMENT_OFFICER: Role.SUPERVISOR,
    Role.SHELTER_PARTNER: Role.COUNSELLOR,
    Role.SUPERVISOR: Role.OPERATIONS,
}


def ask(facts: Facts, role: Role, question: str, why: Said, *, within: str = "answer", subject: str = "") -> Asking:
    """Ask a role. When its time is over the question goes to the next role, and is asked anew each period."""
    periods, until = period(facts, within, facts.asked.get((question, subject), facts.now))
    return asking(role, question, why, periods > 0, until, subject)


def ask_by(
    facts: Facts, role: Role, question: str, why: Said, until: datetime, *, within: str = "urgent", subject: str = ""
) -> Asking:
    """The same up to an instant that something else sets; after it the next role is asked anew each period."""
    if facts.now < until:
        return asking(role, question, why, False, until, subject)
    return asking(role, question, why, True, period(facts, within, until)[1], subject)


def asking(role: Role, question: str, why: Said, is_late: bool, until: datetime, subject: str) -> Asking:
    """Of a role, or of the next one when it is late."""
    above = ESCALATES_TO.get(role, Role.OPERATIONS)
    return Asking(above if is_late else role, question, why, until, say("then.escalate", role=above.value), subject)


def period(facts: Facts, within: str, since: datetime) -> tuple[int, datetime]:
    """How many limits are over since an instant, and when the one that runs now ends.

    Limits for staff are working days in office hours where the rules say so; all others go by the clock.
    """
    limit, office = facts.rules.time(within), office_of(facts, within)
    if office is None:
        periods = max(0, (facts.now - since) // limit)
        return periods, since + (periods + 1) * limit
    periods, until = 0, after_working_days(since, limit.days, office)
    while until <= facts.now:
        periods, until = periods + 1, after_working_days(until, limit.days, office)
    return periods, until


def office_of(facts: Facts, within: str) -> Office | None:
    """The office by whose days a limit is counted; None for a limit by the clock."""
    if all(row.limit != within for row in facts.rules.rows(WorkingTime)):
        return None
    return next((office(facts, hours) for hours in facts.rules.rows(OfficeHours)), None)


def office(facts: Facts, hours: OfficeHours) -> Office:
    """An office with the exceptions that its calendar has."""
    return Office((hours.country,), hours.zone, hours.opens, hours.closes, overrides(facts))


def overrides(facts: Facts) -> Overrides:
    """The days on which the calendar of a country is wrong."""
    return {(row.country, row.day): row.working for row in facts.rules.rows(HolidayOverride)}


def duty(
    facts: Facts,
    stage: Stage,
    role: Role,
    question: str,
    why: Said,
    *,
    opens_at: datetime | None = None,
    within: str = "answer",
    subject: str = "",
    holds_closure: bool = True,
) -> Duty:
    """The same beside the stages, from an instant on."""
    asking = ask(facts, role, question, why, within=within, subject=subject)
    return Duty(stage, asking, opens_at or facts.now, holds_closure)


def no_later(said: Duty, instant: datetime, now: datetime) -> Duty:
    """The same duty, to be seen to before an instant; once that has passed, as soon as its own limit says."""
    until = min(said.asking.until, instant) if instant > now else said.asking.until
    return replace(said, asking=replace(said.asking, until=until))


def attempt(facts: Facts, action: str, subject: str, why: Said, on: Party) -> Standing | None:
    """Do it, or wait before trying again, or ask a person; None when the newest try is settled.

    A settled try is confirmed, rejected or absent: what follows from that is the stage's to decide.
    """
    effect = facts.effect(action, subject)
    if effect is None or effect.state == "void":
        return Doing(action, subject, why, generation=1 if effect is None else effect.generation + 1)
    if effect.state not in OPEN:
        return None
    if is_stuck(facts, effect):
        return ask(facts, Role.OPERATIONS, "effect_outcome", say("effect.unknown"), within="effect", subject=effect.id)
    if effect.next_try_at and effect.next_try_at > facts.now:
        code = "effect.unknown" if effect.state != "intended" else "partner.unavailable"
        return Waiting(on, say(code), effect.next_try_at, say("then.try_again"))
    return Doing(action, subject, why, generation=effect.generation)


def again(facts: Facts, action: str, subject: str, why: Said, on: Party) -> Standing | None:
    """The same for something that may be tried anew after a clear no or a proven absence."""
    effect = facts.effect(action, subject)
    if effect and effect.state in ("rejected", "absent"):
        return Doing(action, subject, why, generation=effect.generation + 1)
    return attempt(facts, action, subject, why, on)


def is_stuck(facts: Facts, effect: Effect) -> bool:
    """Unknown for longer than a person should have to wait to hear of it (G15: 15 minutes), or tried too often."""
    unsure = effect.state in ("sent", "unknown")
    return effect.attempts >= (facts.rules.number("attempts") if not unsure else facts.rules.number("lookups"))


def look(facts: Facts, action: str, subject: str, since: datetime, why: Said) -> Doing | None:
    """Read a partner's books once a day while its word is awaited: the word itself may have been lost (F14)."""
    days = (facts.now - since) // facts.rules.time("partner_look")
    effect = facts.effect(action, f"{subject}.{days}")
    if days < 1 or (effect and (effect.state != "intended" or effect.attempts)):
        return None  # one try a day: what cannot be read today is read tomorrow
    return Doing(action, f"{subject}.{days}", why)


def until_look(facts: Facts, since: datetime, until: datetime) -> datetime:
    """The next look, or the end of the wait if that is sooner."""
    day = facts.rules.time("partner_look")
    return min(until, since + ((facts.now - since) // day + 1) * day)


def message(facts: Facts, action: str, subject: str, why: Said) -> Standing | None:
    """Send a neutral message inside the person's safe hours (S19), by the next channel when one was in vain (F23).

    None when it went, or no safe channel is left. At most once a channel: the gateway cannot be asked what became of
    it.
    """
    effect, hours = facts.effect(action, subject), hours_of(facts, action, subject)
    went = effect is not None and effect.state not in ("intended", "void")
    if hours is None or (went and not goes_again(facts, action, subject)):
        return None
    opens = spread(facts, subject, hours)
    if opens > facts.now:
        return Waiting(Party.DATE, say("message.safe_hours"), opens, say("then.send"))
    if effect and (until := held_until(facts, effect)):
        return Waiting(Party.DATE, say("message.held"), until, say("then.send"))
    if effect and went:
        return Doing(action, subject, why, generation=effect.generation + 1)
    return attempt(facts, action, subject, why, Party.PERSON)


def held_until(facts: Facts, effect: Effect) -> datetime | None:
    """Until when the fuse holds a message."""
    is_held = effect.state == "intended" and effect.code == HELD
    return effect.next_try_at if is_held and effect.next_try_at and effect.next_try_at > facts.now else None


def spread(facts: Facts, subject: str, hours: tuple[str, int, int]) -> datetime:
    """When a message may go: now inside the hours, else some minutes after they begin, others for each case (T16)."""
    opens = next_safe_instant(facts.now, hours)
    if opens == facts.now:
        return opens
    chance = int.from_bytes(hashlib.sha256(f"{facts.ref}.{subject}".encode()).digest()[:4])
    return opens + facts.rules.time("message_spread") * (chance / 2**32)


def next_safe_instant(now: datetime, hours: tuple[str, int, int]) -> datetime:
    """The first instant from now on inside local hours ``(zone, from, to)``."""
    zone, opens, closes = hours
    local = now.astimezone(ZoneInfo(zone))
    if opens <= local.hour < closes:
        return now
    day = local.date() if local.hour < opens else local.date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, opens, tzinfo=ZoneInfo(zone)).astimezone(now.tzinfo)
