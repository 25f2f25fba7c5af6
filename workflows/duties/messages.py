"""Beside the stages: what reached nobody is told by a person, and what people write back is read by one."""

from collections.abc import Iterator

from models.stage import Role, Stage
from workflows.facts import Delivery, Facts
from workflows.gates.message import BY_CHANNEL, in_vain_at, next_channel, tries
from workflows.patience import duty
from workflows.standing import Duty, say

NOBODY_WAITS = (BY_CHANNEL, "code")


def duties(facts: Facts) -> Iterator[Duty]:
    """Messages that reached nobody, and replies."""
    yield from untold(facts)
    yield from unread(facts)


def untold(facts: Facts) -> Iterator[Duty]:
    """The last try of a message was in vain and there is no other channel: somebody calls (F23, G14)."""
    for about in dict.fromkeys((one.kind, one.subject) for one in facts.contact.deliveries):
        done = tries(facts, *about)
        if done and about[0] not in NOBODY_WAITS and not done[-1].told:
            yield from call(facts, done[-1])


def call(facts: Facts, last: Delivery) -> Iterator[Duty]:
    """At once, or when nothing was heard by then; not while the message itself goes on to another channel."""
    end = in_vain_at(facts, last)
    goes_on = not last.kind.startswith("link") and next_channel(facts, last.kind, last.subject) is not None
    if end is None or (goes_on and end <= facts.now):
        return
    yield duty(facts, Stage.INTAKE, Role.COUNSELLOR, "message_told", say("message.in_vain"), within="urgent",
               opens_at=end, subject=last.id, holds_closure=False)  # fmt: skip


def unread(facts: Facts) -> Iterator[Duty]:
    """Whatever was not understood for certain, and every call for help."""
    for one in facts.contact.replies:
        if not one.read:
            yield duty(facts, Stage.FOLLOW_UP, Role.COUNSELLOR, "reply_read", say("message.reply"), within="urgent",
                       subject=one.id, holds_closure=False)  # fmt: skip
