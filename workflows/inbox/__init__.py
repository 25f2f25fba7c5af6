"""Inbound messages: stored first, understood after; a hint from outside wakes a case, it never decides one."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from integrations.airline import webhooks as airline
from integrations.consulate import webhooks as consulate
from integrations.messaging import webhooks as messaging
from integrations.partner import webhooks as partner
from models.booking import Booking
from models.database import vault_of
from models.effect import Effect, EffectState
from models.handover import Handover
from models.inbound import Inbound
from models.reintegration import Instalment
from models.travel_document import Application
from workflows.commands import Change
from workflows.house import House
from workflows.inbox.handover import hear
from workflows.inbox.notices import noticed
from workflows.inbox.page import from_page
from workflows.inbox.payments import settle_payment
from workflows.inbox.place import from_system
from workflows.inbox.replies import Unheard, replied
from workflows.inbox.waking import woken

MESSAGING = "messaging"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def receive(house: House, source: str, outside_id: str, said: str) -> tuple[UUID, bool]:
    """Store one message. Gives its id, and False when it was here before: once, for ever (S16)."""
    now = house.clock.now()
    try:
        with house.database.unit_of_work() as session:
            row = Inbound(source=source, outside_id=outside_id, received_at=now, body=b"")
            vault_of(session).seal(row, body=said)
            session.add(row)
            return row.id, True
    except IntegrityError:
        with house.database.reading() as session:
            known = select(Inbound.id).where(Inbound.source == source, Inbound.outside_id == outside_id)
            return session.exec(known).one(), False


def understand(house: House, inbound_id: UUID) -> Change | None:
    """Turn a stored message into a fact. Gives the change of the case it woke, if any."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = session.get_one(Inbound, inbound_id, with_for_update=True)  # the door and the clock may both come to it
        if row.handled_at is not None:
            return None
        text = vault_of(session).open(row, "body")
        try:
            change, row.result = READERS[row.source.partition("/")[0]](session, row, text, now)
            row.handled_at = now
            if row.source == MESSAGING:
                row.body = b""  # numbers and words are kept with their case, or not at all (S21)
        except LookupError:
            change = None  # it came before the answer that tells us its reference: the clock brings it back
        except ValueError as error:
            row.trouble, change = error.code if isinstance(error, Unheard) else "not_understood", None
        return change


def from_airline(session: Session, stored: Inbound, text: str, now: datetime) -> tuple[Change | None, str]:
    """A hint: the order is read again. For an order we do not know, unknown holds are looked up at once."""
    notice = airline.read(text.encode())
    booking = session.exec(select(Booking).where(Booking.outside_id == (notice.order_id or ""))).first()
    if booking is None:
        unsure = session.exec(select(Effect).where(Effect.action == "hold_seats", Effect.state == EffectState.UNKNOWN))
        for effect in unsure:
            effect.next_try_at = now
            woken(session, effect.case_id, "airline.noticed", "airline", now)
        return None, "no_booking"
    booking.recheck = booking.status in ("held", "ticketed", "pending")
    return woken(session, booking.case_id, "airline.noticed", "airline", now, notice=notice.kind), "noticed"


def from_consulate(session: Session, stored: Inbound, text: str, now: datetime) -> tuple[Change | None, str]:
    """A hint: the application is looked up."""
    notice = consulate.read(text.encode())
    row = session.exec(select(Application).where(Application.reference == notice.reference)).first()
    if row is None:
        return None, "no_application"
    row.looked_at = LONG_AGO
    return woken(session, row.case_id, "consulate.noticed", "consulate", now), "noticed"


def from_partner(session: Session, stored: Inbound, text: str, now: datetime) -> tuple[Change | None, str]:
    """A partner's word on a handover, a place or a payment of its own."""
    notice: Any = partner.read(text.encode())
    code = stored.source.partition("/")[2]
    if notice.event == "country_input.given":
        return from_system(session, code, notice, now)
    if notice.event.startswith("payment."):
        return paid(session, notice, now)
    row = session.exec(select(Handover).where(Handover.reference == notice.reference, Handover.partner == code)).first()
    if row is None:
        raise LookupError("no such handover")
    return hear(session, row, notice.event, notice.model_dump(), f"partner:{code}", now, heard_at=stored.received_at)


def paid(session: Session, notice: Any, now: datetime) -> tuple[Change | None, str]:
    """Handed over, or not; what was handed over stays so."""
    row = session.exec(select(Instalment).where(Instalment.payment_reference == notice.reference)).first()
    if row is None:
        raise LookupError("no such payment")
    status = "handed_over" if notice.event == "payment.handed_over" else "failed"
    change = settle_payment(session, row, status, now, getattr(notice, "receipt_hash", None))
    return change, row.payment_status or status


def from_messaging(session: Session, stored: Inbound, text: str, now: datetime) -> tuple[Change | None, str]:
    """A delivery notice is kept with its message; what somebody wrote back is heard in their case."""
    said = json.loads(text)
    notice = messaging.read(said.get("form", said), said.get("key"))
    if notice.kind == "received":
        return replied(session, stored, notice, now)
    return noticed(session, stored, notice, now)


READERS: dict[str, Callable[[Session, Inbound, str, datetime], tuple[Change | None, str]]] = {
    "airline": from_airline,
    "consulate": from_consulate,
    "partner": from_partner,
    "messaging": from_messaging,
    "page": from_page,
}


def unread(session: Session) -> list[Inbound]:
    """What nobody has understood yet, oldest first."""
    return list(session.exec(select(Inbound).where(col(Inbound.handled_at).is_(None)).order_by(col(Inbound.id))))


__all__ = ["hear", "receive", "settle_payment", "understand", "unread", "woken"]
