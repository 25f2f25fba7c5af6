"""Follow-up: a neutral message at each point, by the next safe channel when nothing comes, then somebody tries."""

from dataclasses import replace
from datetime import datetime

from models.stage import Role
from workflows.facts import Channel, Facts
from workflows.facts.protection import HOME_ZONE
from workflows.gates.follow_up import (
    TRUSTED,
    VISIT,
    in_vain,
    is_lost,
    next_point,
    still_missing,
    untried,
    zone,
)
from workflows.patience import ask, message
from workflows.standing import Asking, Done, Party, Standing, Waiting, say


def decide(facts: Facts) -> Standing:
    """The points in their order, counted from arrival; in place, from the choice."""
    if facts.contact.remigrated_at:
        return Done(say("follow_up.remigrated"))
    if is_lost(facts):
        return Done(say("follow_up.unreachable"))
    point = next_point(facts)
    if point is None:
        return Done(say("follow_up.complete"))
    row, due = point
    if facts.now < due:
        return Waiting(Party.DATE, say("follow_up.not_due", point=row.code), due, say("then.check_in"))
    return at_point(facts, row.code)


def at_point(facts: Facts, point: str) -> Standing:
    """Send, and wait a week for the person; then by the next safe channel; and then a person tries."""
    sent = [row for row in facts.contact.messages(point) if row.went]
    until = sent[-1].at + facts.rules.time("check_in_answer") if sent else facts.now
    if facts.now < until:
        return Waiting(Party.PERSON, say("follow_up.waiting", point=point), until, say("then.visit"))
    channel = untried(facts, point)
    sending = write(facts, point, channel) if channel else None
    return sending or in_person(facts, point)


def write(facts: Facts, point: str, channel: Channel) -> Standing | None:
    """By one channel, inside its safe hours. Those that were said at home in Türkiye move along with the person."""
    where = zone(facts) if channel.zone == HOME_ZONE else channel.zone
    facts = replace(facts, contact_hours=(where, channel.from_hour, channel.to_hour))
    subject = f"{facts.journey}.{point}.{channel.id}"
    return message(facts, "send_check_in", subject, say("follow_up.send", point=point))


def in_person(facts: Facts, point: str) -> Standing:
    """Calls with days between them, a visit, the trusted contact; when all was done a supervisor decides."""
    missing, tried = still_missing(facts), in_vain(facts.contact)
    by_people = [one for one in tried if not one.by_message]
    decided = facts.contact.losses[-1].at if facts.contact.losses else None
    if not missing and (decided is None or tried[-1].at > decided):
        return ask(facts, Role.SUPERVISOR, "loss_decision", say("follow_up.loss", point=point), subject=point)
    if by_people and facts.now < (again := next_try(facts, by_people[-1].next_at, by_people[-1].at)):
        return Waiting(Party.DATE, say("follow_up.tried", point=point), again, say("then.visit"))
    return attempt(facts, point, missing, len(by_people))


def next_try(facts: Facts, planned: datetime | None, last: datetime) -> datetime:
    """As planned when somebody last tried, else after some days."""
    return planned or last + facts.rules.time("attempt_again")


def attempt(facts: Facts, point: str, missing: frozenset[str], calls: int) -> Asking:
    """What is tried next."""
    if VISIT in missing and calls >= facts.rules.number("calls_before_visit"):
        return ask(facts, Role.COUNSELLOR, "follow_up_visit", say("follow_up.visit", point=point), subject=point)
    if TRUSTED in missing and VISIT not in missing:
        return ask(facts, Role.COUNSELLOR, "trusted_attempt", say("follow_up.trusted", point=point), subject=point)
    return ask(facts, Role.COUNSELLOR, "check_in", say("follow_up.try", point=point), subject=point)
