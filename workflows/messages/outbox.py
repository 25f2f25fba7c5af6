"""The outbox of links and codes: handed over once, tried again while the gateway is away, then given to a person.

The ledger's states hold here as for every effect: ``sent`` is committed before the call, ``unknown`` is never sent
again. What stages send goes the same way through ``workflows.ledger``.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from integrations.errors import OutcomeUnknown, PartnerRefused, PartnerUnavailable
from models.case import Case
from models.database import vault_of
from models.effect import Effect, EffectState
from models.event import append
from models.message import Message, MessageState, moved
from workflows.commands import touch
from workflows.facts import Facts
from workflows.gates.follow_up import usable
from workflows.gates.message import hours_at
from workflows.gather import gather
from workflows.house import House, World
from workflows.lease import lock
from workflows.messages import fuse
from workflows.patience import HELD, next_safe_instant

ACTION, BY = "send_link", "sila"
FIRST_WAIT = timedelta(minutes=1)  # then twice as long each time, up to half an hour
MOST_TRIES = 11  # goal G14: four hours, then a person
LOST = timedelta(minutes=10)  # whoever marked it sent is gone by then


def post(house: House, message: UUID) -> MessageState:
    """Hand one message over, if it may leave now. Gives how far it is."""
    said = mark(house, message)
    if said is None:
        with house.database.reading() as session:
            return session.get_one(Message, message).state
    try:
        answer = hand_over(house.world, said["channel"], said, said["key"])
    except PartnerUnavailable as error:
        return settle(house, message, EffectState.INTENDED, code=error.code)
    except PartnerRefused as error:
        return settle(house, message, EffectState.REJECTED, code=error.code)
    except ValueError as error:  # an address that cannot be one: nothing has left
        return settle(house, message, EffectState.REJECTED, code=type(error).__name__)
    except OutcomeUnknown as error:
        return settle(house, message, EffectState.UNKNOWN, code=error.code)
    return settle(house, message, EffectState.CONFIRMED, answer)


def hand_over(world: World, channel: str, said: dict[str, Any], key: str) -> str:
    """By SMS or e-mail. Gives the provider's reference. Raises what the adapters raise."""
    if channel == "sms":
        return world.messenger.send_sms(said["to"], said["text"], key=key)
    return world.messenger.send_email(said["to"], said["subject"], said["text"], key=key)


def mark(house: House, message: UUID) -> dict[str, Any] | None:
    """Commit ``sent`` where nothing speaks against it any more; None when it does not leave now."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row, effect, case = found(session, message)
        if effect.state is not EffectState.INTENDED:
            if effect.state is EffectState.VOID:
                drop(row, MessageState.VOID, now)
            return None
        facts = gather(session, case, now)
        why = why_not(facts, row, effect)
        if why:
            give_up(session, case, row, effect, why, now)
            return None
        later = not_yet(session, facts, row, effect)
        if later:
            effect.next_try_at = later
            return None
        effect.state, effect.sent_at, row.sent_at = EffectState.SENT, now, now
        effect.attempts, row.state, row.changed_at = effect.attempts + 1, MessageState.HANDING_OVER, now
        append(session, case.ref, "effect.sent", BY, now, action=effect.action, effect=str(effect.id))
        return {"channel": row.channel, "key": row.key, **vault_of(session).open(row, "words")}


def found(session: Session, message: UUID) -> tuple[Message, Effect, Case]:
    """A message with its row in the ledger, its case locked."""
    row = session.get_one(Message, message)
    case = lock(session, session.get_one(Case, row.case_id).ref)
    session.refresh(row)
    effect = session.get_one(Effect, row.effect_id)
    session.refresh(effect)
    return row, effect, case


def why_not(facts: Facts, row: Message, effect: Effect) -> str | None:
    """What speaks against sending at all."""
    if facts.closed:
        return "case_closed"
    if row.expires_at and row.expires_at <= facts.now:
        return "expired"
    if row.contact_id and all(one.id != str(row.contact_id) for one in usable(facts)):
        return "not_safe"
    return "gave_up" if effect.attempts >= MOST_TRIES else None


def not_yet(session: Session, facts: Facts, row: Message, effect: Effect) -> datetime | None:
    """When it may leave, where that is not now: in safe hours, and not while the fuse holds."""
    opens = opens_at(facts, row.contact_id) if row.contact_id else facts.now
    if opens > facts.now:
        return opens
    if row.kind != fuse.CODE and fuse.held(session, facts):
        effect.code = HELD
        return facts.now + fuse.LOOK_AGAIN
    return None


def opens_at(facts: Facts, contact: UUID) -> datetime:
    """When a channel may be written to next: now inside its safe hours (S19)."""
    said = next(one for one in usable(facts) if one.id == str(contact))
    return next_safe_instant(facts.now, hours_at(facts, said))


def settle(
    house: House, message: UUID, state: EffectState, reference: str | None = None, code: str | None = None
) -> MessageState:
    """Write down how the hand-over ended. What failed wakes the case, so that somebody is asked."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row, effect, case = found(session, message)
        if effect.state is not EffectState.SENT:
            return row.state  # a notice told us first
        effect.state, effect.code, effect.reference = state, code, reference
        row.reference = reference
        append(session, case.ref, f"effect.{state.value}", BY, now, action=effect.action, effect=str(effect.id),
               code=code)  # fmt: skip
        if state is EffectState.INTENDED:
            row.state, row.changed_at = MessageState.WAITING, now
            effect.next_try_at = now + FIRST_WAIT * 2 ** min(effect.attempts - 1, 5)
            return row.state
        if state is EffectState.REJECTED:
            effect.settled_at = now
            drop(row, MessageState.FAILED, now, code)
        elif state is EffectState.CONFIRMED:
            effect.settled_at = now
            moved(row, MessageState.ACCEPTED, now)
        row.words = None
        if state is not EffectState.CONFIRMED or row.channel == "sms":
            touch(case, now)  # it may have to be told by a person, now or when nothing is heard of it
        return row.state


def give_up(session: Session, case: Case, row: Message, effect: Effect, why: str, now: datetime) -> None:
    """It never left and never will."""
    effect.state, effect.code, effect.settled_at = EffectState.VOID, why, now
    drop(row, MessageState.FAILED, now, why)
    append(session, case.ref, "message.given_up", BY, now, message=str(row.id), why=why)
    touch(case, now)


def drop(row: Message, state: MessageState, now: datetime, code: str | None = None) -> None:
    """Nothing of it is needed any more: address and text go."""
    row.words = None
    if row.state is not state:
        row.state, row.changed_at, row.code = state, now, code


def post_waiting(house: House) -> int:
    """Everything whose next try has come, after what was lost between mark and answer was seen. Gives how many."""
    with house.database.reading() as session:
        gone, ids = list(session.exec(lost(house.clock.now()))), list(session.exec(due(house.clock.now())))
    for message in gone:
        settle(house, message, EffectState.UNKNOWN, code="lost")
    for message in ids:
        post(house, message)
    return len(ids)


def lost(now: datetime) -> SelectOfScalar[UUID]:
    """Marked sent, and whoever marked it is gone."""
    query = select(Message.id).join(Effect, col(Effect.id) == Message.effect_id)
    return query.where(
        Effect.action == ACTION, Effect.state == EffectState.SENT, Message.state == MessageState.HANDING_OVER,
        col(Message.changed_at) <= now - LOST,
    )  # fmt: skip


def due(now: datetime) -> SelectOfScalar[UUID]:
    """Written down, and its time has come."""
    query = select(Message.id).join(Effect, col(Effect.id) == Message.effect_id)
    return query.where(
        Message.state == MessageState.WAITING, or_(col(Effect.next_try_at).is_(None), col(Effect.next_try_at) <= now)
    )
