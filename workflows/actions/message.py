"""Neutral messages to the person: no organisation, no destination, no reason (S19, control C20)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from models.case import Case
from models.database import vault_of
from models.effect import Effect
from models.message import Message, MessageState, moved
from models.person import Contact
from workflows.actions.people import principal_of
from workflows.facts import Facts
from workflows.gates.follow_up import usable
from workflows.gates.message import BY_CHANNEL, next_channel
from workflows.house import World
from workflows.ledger import Action, Later, Letter, NotNow
from workflows.messages import fuse
from workflows.messages.outbox import hand_over
from workflows.messages.texts import TEXTS, subject_of, text_of
from workflows.patience import HELD


def channel_of(session: Session, effect: Effect, facts: Facts) -> Contact:
    """The channel of this try: the one that the subject names, else the preferred one that was not tried.

    Raises NotNow when it is no longer safe, or none is left (S19).
    """
    if effect.action == BY_CHANNEL:
        named = effect.subject.rpartition(".")[2]
        channel = next((one for one in usable(facts) if one.id == named), None)
    else:
        channel = next_channel(facts, effect.action, effect.subject, effect.generation)
    if channel is None:
        raise NotNow("no channel is safe")
    return session.get_one(Contact, UUID(channel.id))


def prepare(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, str]:
    """Where to, and what, in the person's language where we have it. Raises NotNow, or Later while the fuse holds."""
    contact = channel_of(session, effect, facts)
    if fuse.held(session, facts):
        raise Later(facts.now + fuse.LOOK_AGAIN, HELD)
    language = principal_of(session, case).language
    return {
        "channel": contact.channel,
        "contact": str(contact.id),
        "to": vault_of(session).open(contact, "address"),
        "text": text_of(effect.action, contact.channel, language),
        "subject": subject_of(language),
    }


def send(world: World, letter: Letter) -> str:
    """By the channel that the person called safe."""
    return hand_over(world, letter.body["channel"], letter.body, letter.key)


def write_down(session: Session, case: Case, effect: Effect, letter: Letter, now: datetime) -> None:
    """The row of the message, before it leaves; tried again it is the same row."""
    row = row_of(session, effect) or Message(
        case_id=case.id, at=now, by="sila", journey=case.journey, effect_id=effect.id, key=effect.key,
        kind=effect.action, person_id=principal_of(session, case).id, channel="", changed_at=now,
    )  # fmt: skip
    row.channel, row.contact_id = letter.body["channel"], UUID(letter.body["contact"])
    row.state, row.sent_at, row.changed_at = MessageState.HANDING_OVER, now, now
    session.add(row)


def record(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """It went out, under the gateway's reference; a notice may have told more already."""
    effect.reference = answer
    row = row_of(session, effect)
    if row is not None:
        row.reference = answer
        moved(row, MessageState.ACCEPTED, now)


def refuse(session: Session, case: Case, effect: Effect, code: str, now: datetime) -> None:
    """The gateway does not take it."""
    row = row_of(session, effect)
    if row is not None:
        moved(row, MessageState.FAILED, now, code)


def row_of(session: Session, effect: Effect) -> Message | None:
    """The message beside a row of the ledger."""
    return session.exec(select(Message).where(Message.effect_id == effect.id)).first()


ACTIONS = tuple(Action(name, prepare, send, record, disclose=write_down, refuse=refuse) for name in TEXTS)
