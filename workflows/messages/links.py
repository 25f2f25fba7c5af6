"""Sends links and one-time codes: a link by one channel, its code by another (control C11, ASVS 6.3.6).

How a door uses it, after it has committed the row of its own link::

    sent = send_link(house, ref, f"/h/{token}", ToPartner("nadia", "ar", email=…, phone=…), by=staff.handle)
    …when the link is opened…
    send_code(house, ref, code, ToPartner("nadia", "ar", email=…, phone=…), by="partner:nadia", link=sent.id)

``ToPerson()`` needs no address: it goes by the channels that the person called safe, inside their safe hours (S19).
Each message is written down, with a row in the ledger, before it is handed over; a link that cannot be handed over
is tried again for four hours (G14), then its case's counsellor is asked. A code is tried while it is good.

``send_code`` raises ``Refused`` with one of these codes; a door for outsiders must answer all of them, and success,
with the same page (C12): ``no_other_channel``, ``outside_safe_hours``, ``too_many_codes``, ``case_closed``.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from models.base import new_id
from models.case import Case
from models.database import keyring_of, vault_of
from models.effect import Effect, EffectState, effect_key
from models.event import append
from models.message import Message, MessageState
from models.stage import Stage
from workflows.commands import Refused
from workflows.facts import Facts
from workflows.gather import gather
from workflows.house import House
from workflows.lease import lock
from workflows.messages.outbox import ACTION, opens_at, post
from workflows.messages.recipients import Recipient, Route, ToPartner, ToPerson, route_to
from workflows.messages.texts import subject_of, text_of

A_PATH = re.compile(r"/[a-z]{1,20}(/[0-9A-Za-z_-]{1,120}){1,2}")
A_CODE = re.compile(r"[0-9A-Z]{4,12}")
CODE_LIVES = timedelta(minutes=10)
MOST_CODES, PER = 5, timedelta(hours=1)


@dataclass(frozen=True)
class Sent:
    """The message, the kind of channel it goes by, and how far it is."""

    id: UUID
    channel: str
    state: MessageState


def send_link(house: House, ref: str, path: str, to: Recipient, *, by: str) -> Sent:
    """Send the address of a page. ``path`` is what comes after ``SILA_PUBLIC_URL``: tokens, never data about people.

    Raises Refused (no channel, closed case), UnknownCase, or ValueError for a path that is not of that form.
    """
    if not A_PATH.fullmatch(path):
        raise ValueError("a link is /word/token, with nothing in it but the token")
    kind = "link_person" if isinstance(to, ToPerson) else "link_partner"
    url = house.world.settings.public_url.rstrip("/") + path
    return sent_by(house, queue(house, ref, kind, to, by, url=url))


def send_code(house: House, ref: str, code: str, to: Recipient, *, by: str, link: UUID | None = None) -> Sent:
    """Send the one-time code of a link by another channel than the link's own; good for ten minutes.

    ``link`` is the id that ``send_link`` gave; without it the link counts as having gone the preferred way, to a
    partner by e-mail. Raises Refused, UnknownCase, or ValueError for a code of another form.
    """
    if not A_CODE.fullmatch(code):
        raise ValueError("a code has 4 to 12 digits or capital letters")
    return sent_by(house, queue(house, ref, "code", to, by, link, code=code))


def sent_by(house: House, message: UUID) -> Sent:
    """Hand it over now, if it may leave now."""
    post(house, message)
    with house.database.reading() as session:
        row = session.get_one(Message, message)
        return Sent(row.id, row.channel, row.state)


def queue(house: House, ref: str, kind: str, to: Recipient, by: str, link: UUID | None = None, **said: str) -> UUID:
    """Write down what is to be sent, with its row in the ledger. Raises Refused."""
    with house.database.unit_of_work() as session:
        return queued(session, lock(session, ref), kind, to, by, house.clock.now(), link, **said)


def queued(
    session: Session,
    case: Case,
    kind: str,
    to: Recipient,
    by: str,
    now: datetime,
    link: UUID | None = None,
    **said: str,
) -> UUID:
    """The same in a transaction that has locked the case: the message leaves after it, or not at all."""
    if case.closed_at is not None:
        raise Refused("case_closed", "The case is closed: nothing is sent any more.")
    facts = gather(session, case, now)
    before = session.get_one(Message, link) if link else None
    route = route_to(session, facts, to, code=kind == "code", link=before)
    if kind == "code":
        check_code(session, case, facts, to, route)
    row = a_message(session, case, kind, to, route, now)
    words = {"to": route.to, "text": text_of(kind, route.channel, route.language, **said)}
    vault_of(session).seal(row, words=words | {"subject": subject_of(route.language)})
    session.add(an_intent(case, row, to, by))
    session.flush()
    session.add(row)
    append(session, case.ref, "message.queued", by, now, message=str(row.id), said=kind)
    return row.id


def check_code(session: Session, case: Case, facts: Facts, to: Recipient, route: Route) -> None:
    """A code goes at once or not at all, and not too often. Raises Refused."""
    sent = select(func.count()).select_from(Message).where(
        Message.case_id == case.id, Message.recipient == to.name, Message.kind == "code",
        col(Message.at) > facts.now - PER,
    )  # fmt: skip
    if session.exec(sent).one() >= MOST_CODES:
        raise Refused("too_many_codes", "Too many codes were asked for: wait an hour, or call.")
    if route.contact_id and opens_at(facts, route.contact_id) != facts.now:
        raise Refused("outside_safe_hours", "Ask for the code in the hours in which messages are safe.")


def a_message(session: Session, case: Case, kind: str, to: Recipient, route: Route, now: datetime) -> Message:
    """Its row, waiting."""
    row_id, effect_id = new_id(), new_id()
    key = effect_key(keyring_of(session), case.ref, ACTION, str(row_id), 1)
    return Message(
        id=row_id, case_id=case.id, at=now, by="sila", journey=case.journey, effect_id=effect_id, key=key, kind=kind,
        recipient=to.name, person_id=route.person_id, channel=route.channel, contact_id=route.contact_id,
        changed_at=now, expires_at=now + CODE_LIVES if kind == "code" else None,
    )  # fmt: skip


def an_intent(case: Case, row: Message, to: Recipient, by: str) -> Effect:
    """Its row in the ledger: void when the person withdraws before it left (S6)."""
    stage = Stage.PARTNER_HANDOVER if isinstance(to, ToPartner) else Stage.COUNSELLING
    return Effect(
        id=row.effect_id, case_id=case.id, at=row.at, by="sila", journey=case.journey, stage=stage, action=ACTION,
        subject=str(row.id), key=row.key, state=EffectState.INTENDED, on_behalf_of=by,
    )  # fmt: skip
