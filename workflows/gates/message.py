"""By which channel a message goes, and when it counts as not having arrived (F23, S19)."""

from datetime import datetime

from workflows.facts import Channel, Delivery, Facts
from workflows.facts.protection import HOME_ZONE
from workflows.gates.follow_up import usable, zone

BY_CHANNEL = "send_check_in"  # its subject names the channel; follow-up goes on to the next one by itself
IN_VAIN = ("failed", "undelivered")
UNSURE, UNHEARD = ("handing_over", "unknown"), ("accepted", "sent")
MOST_UNSURE = 2  # F23: what may have arrived is sent once more at most


def tries(facts: Facts, kind: str, subject: str) -> list[Delivery]:
    """The messages about one thing, the oldest first."""
    mine = (one for one in facts.contact.deliveries if (one.kind, one.subject) == (kind, subject))
    return sorted((one for one in mine if one.state != "void"), key=lambda one: one.generation)


def in_vain_at(facts: Facts, one: Delivery) -> datetime | None:
    """From when a message counts as in vain: at once when it failed, after hours when nothing was heard of an SMS.

    None for what has arrived, or may be taken to have: an e-mail that was taken is not reported on.
    """
    if one.state in IN_VAIN:
        return one.at
    unheard = one.state in UNSURE or (one.state in UNHEARD and one.channel == "sms")
    return one.at + facts.rules.time("delivery") if unheard else None


def next_channel(facts: Facts, kind: str, subject: str, before: int | None = None) -> Channel | None:
    """The preferred channel that no message about this went by yet; ``before``: not counting tries from that one on."""
    done = [one for one in tries(facts, kind, subject) if before is None or one.generation < before]
    if sum(one.state not in IN_VAIN for one in done) >= MOST_UNSURE:
        return None
    used = frozenset[str]().union(*(one.same for one in done))
    return next((one for one in usable(facts) if one.id not in used), None)


def goes_again(facts: Facts, kind: str, subject: str) -> bool:
    """The last try was in vain, and there is another channel."""
    done = tries(facts, kind, subject)
    if kind == BY_CHANNEL or not done:
        return False
    end = in_vain_at(facts, done[-1])
    return end is not None and end <= facts.now and next_channel(facts, kind, subject) is not None


def hours_at(facts: Facts, channel: Channel) -> tuple[str, int, int]:
    """The safe hours of a channel, where the person is: those said in Türkiye move along with who has returned."""
    moves = facts.returned and channel.zone == HOME_ZONE
    return zone(facts) if moves else channel.zone, channel.from_hour, channel.to_hour


def hours_of(facts: Facts, kind: str, subject: str) -> tuple[str, int, int] | None:
    """The safe hours of the channel that the next try goes by; None when there is none."""
    effect = facts.effect(kind, subject)
    if kind == BY_CHANNEL or not tries(facts, kind, subject):
        return facts.contact_hours
    now_tried = effect.generation if effect and effect.state == "intended" else None
    channel = next_channel(facts, kind, subject, now_tried)
    return hours_at(facts, channel) if channel else None
