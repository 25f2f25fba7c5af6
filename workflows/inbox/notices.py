"""A delivery notice: the provider's word on one message, taken once and never backwards (S16, F23)."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from integrations.messaging import SmsNotice
from models.case import Case
from models.effect import Effect, EffectState
from models.event import append
from models.inbound import Inbound
from models.message import IN_VAIN, Message, MessageState, moved
from workflows.commands import Change
from workflows.inbox.waking import woken
from workflows.lease import lock

BY = "messaging"
SETTLE = timedelta(minutes=15)  # so long the answer that tells us a reference may come after a notice about it
STATES = {
    "sent": MessageState.SENT, "delivered": MessageState.DELIVERED, "undelivered": MessageState.UNDELIVERED,
    "failed": MessageState.FAILED,
}  # fmt: skip


def noticed(session: Session, stored: Inbound, notice: SmsNotice, now: datetime) -> tuple[Change | None, str]:
    """What became of a message. Raises LookupError while the message may still become known."""
    row = message_of(session, notice)
    if row is None:
        if now - stored.received_at < SETTLE:
            raise LookupError("no such message yet")
        return None, "no_message"
    case = lock(session, session.get_one(Case, row.case_id).ref)
    session.refresh(row)
    learned = confirm(session, case, row, notice, now)
    changed = moved(row, STATES[notice.kind], now, notice.code)
    if (changed and row.state in IN_VAIN) or learned:
        return woken(session, case.id, f"message.{row.state.value}", BY, now, message=str(row.id)), notice.kind
    return None, notice.kind


def message_of(session: Session, notice: SmsNotice) -> Message | None:
    """By our key where the notice has it, else by the provider's reference."""
    if notice.key:
        known = session.exec(select(Message).where(Message.key == notice.key)).first()
        if known is not None:
            return known
    return session.exec(select(Message).where(Message.reference == (notice.reference or ""))).first()


def confirm(session: Session, case: Case, row: Message, notice: SmsNotice, now: datetime) -> bool:
    """A call whose answer was lost did reach the provider. True when the ledger did not know that."""
    effect = session.get_one(Effect, row.effect_id)
    session.refresh(effect)
    if effect.state not in (EffectState.SENT, EffectState.UNKNOWN):
        return False
    effect.state, effect.settled_at, effect.next_try_at, effect.code = EffectState.CONFIRMED, now, None, None
    effect.reference = row.reference = notice.reference
    row.words = None
    append(session, case.ref, "effect.confirmed", BY, now, action=effect.action, effect=str(effect.id))
    return True
