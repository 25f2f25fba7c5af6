"""Links of partners without a system: sent with each news, renewed by staff, opened with a code, and ended.

A link goes to the e-mail of the partner's focal contact and its code to the phone (C11): one stolen channel opens
nothing (T7). Links live by the machine's own time.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from models.case import Case
from models.clock import wall
from models.database import vault_of
from models.event import append
from models.handover import Handover, Partner
from models.link import Link, LinkPurpose, issue, links_of, opening, revoke
from models.link_code import Entered, ask, enter
from models.partner_contact import PartnerContact
from models.staff import Staff
from workflows.commands import Refused
from workflows.house import House
from workflows.lease import lock
from workflows.link_subject import PLACES, Subject, case_of, purpose_of, row_of, version_of
from workflows.messages import links as messages
from workflows.messages.outbox import post_waiting
from workflows.messages.recipients import ToPartner
from workflows.partner_door import partner_may_read
from workflows.place_door import seen_place
from workflows.second_device import hold


def works_here(session: Session, code: str) -> bool:
    """Whether a partner works on pages of ours, by links or signed in, and has no system that could be called."""
    partner = session.get(Partner, code)
    return partner is not None and partner.way in ("link", "account")


def contact_of(session: Session, code: str) -> ToPartner | None:
    """Where a partner is told; None when nobody has written that down."""
    row = session.exec(select(PartnerContact).where(PartnerContact.partner == code)).first()
    if row is None:
        return None
    vault = vault_of(session)
    return ToPartner(code, row.language, vault.open(row, "email"), vault.open(row, "phone"))


def keep_contact(session: Session, code: str, language: str, email: str, phone: str) -> None:
    """Write down the focal contact of a partner; it replaces the one before."""
    row = session.exec(select(PartnerContact).where(PartnerContact.partner == code)).first()
    row = row or PartnerContact(partner=code)
    row.language = language
    vault_of(session).seal(row, email=email, phone=phone)
    session.add(row)


def link_for(session: Session, row: Subject, by: str, now: datetime, language: str) -> str:
    """A new link to one handover or question, for its partner and as it was frozen. Gives the token."""
    return issue(
        session, purpose_of(row), str(row.id), row.partner or "", by, now, version=version_of(row), language=language
    )


def end_links(session: Session, row: Subject) -> int:
    """No link to this row opens anything from now on."""
    return revoke(session, purpose_of(row), str(row.id), wall())


def found(house: House, purpose: LinkPurpose, token: str, now: datetime) -> Link | None:
    """The link of a token, while it opens."""
    with house.database.reading() as session:
        return opening(session, purpose, token, now)


def take_code(
    house: House, purpose: LinkPurpose, token: str, device: str, code: str, language: str, now: datetime
) -> Entered | None:
    """Open a link with its code. On another device than its first it is noted as such, and held (T7, T13)."""
    with house.database.unit_of_work() as session:
        link = opening(session, purpose, token, now)
        if link is None:
            return None
        case = lock(session, case_of(session, link).ref)  # the case before its links, as everywhere
        entered = enter(session, link, device, code, now, language)
        if entered and entered.is_other:
            hold(session, case, entered, house.clock.now())
        if entered or link.revoked_at:
            more = {"other_device": entered.is_other} if entered else {}
            append(session, case.ref, "link.opened" if entered else "link.locked", f"partner:{link.recipient}",
                   house.clock.now(), link=link.id.hex[-6:], **more)  # fmt: skip
        return entered


def send_code(house: House, purpose: LinkPurpose, token: str, device: str, now: datetime) -> None:
    """Make a code for one browser and send it to the phone. Nothing is said about whether it could be sent (C12)."""
    with house.database.unit_of_work() as session:
        link = opening(session, purpose, token, now)
        to = contact_of(session, link.recipient) if link else None
        code = ask(session, link, device, "sms", now) if link and to and to.phone else None
        ref = case_of(session, link).ref if link else ""
    if link and to and code:
        with suppress(Refused):
            messages.send_code(house, ref, code, to, by=f"partner:{link.recipient}", link=link.message_id)


def tell(session: Session, case: Case, row: Subject, public_url: str, by: str, now: datetime) -> None:
    """Something waits for the partner: a new link, or the way to its inbox. It leaves with this transaction."""
    code, here = row.partner or "", public_url.rstrip("/")
    to = contact_of(session, code)
    if to is None or not to.email:
        append(session, case.ref, "link.no_contact", by, now, partner=code)
        return
    mail = replace(to, phone=None)
    if session.get_one(Partner, code).way == "account":
        messages.queued(session, case, "link_partner", mail, by, now, url=f"{here}/inbox")
        return
    purpose, token = purpose_of(row), link_for(session, row, by, wall(), to.language)
    session.flush()
    link, url = links_of(session, purpose, str(row.id))[0], f"{here}/{PLACES[purpose]}/{token}"
    link.message_id = messages.queued(session, case, "link_partner", mail, by, now, url=url)
    append(session, case.ref, "link.sent", by, now, partner=code, link=link.id.hex[-6:])


def tell_closed(session: Session, case: Case, row: Handover, by: str, now: datetime) -> None:
    """Nothing more is needed from the partner: its links open nothing from now on."""
    end_links(session, row)
    to = contact_of(session, row.partner)
    if to is not None and to.email and case.closed_at is None:
        messages.queued(session, case, "closed_partner", replace(to, phone=None), by, now)


def renew(house: House, ref: str, row_id: UUID, who: Staff, purpose: LinkPurpose) -> None:
    """A new link for a partner that lost the last one; the earlier ones open nothing any more. Raises Refused."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case, row = lock(session, ref), row_of(session, purpose, row_id)
        if row is None or row.case_id != case.id or not is_theirs(row):
            raise Refused("unknown_handover", "No handover of this id belongs to this case: open the case again.")
        if not may_look(session, row, now):
            raise Refused("handover_closed", "The partner may not see this handover now: there is nothing to send.")
        to = contact_of(session, row.partner or "")
        if to is None or not to.email or not to.phone:
            raise Refused("no_contact", "The partner has no focal contact: an administrator writes down e-mail and "
                          "phone with `sila partner contact`.")  # fmt: skip
        end_links(session, row)
        tell(session, case, row, house.world.settings.public_url, who.handle, now)
    post_waiting(house)


def is_theirs(row: Subject) -> bool:
    """Whether it went to the partner; what the partner wants to give back comes from there."""
    return not row.back if isinstance(row, Handover) else row.partner is not None


def may_look(session: Session, row: Subject, now: datetime) -> bool:
    """Whether there is something for the partner to look at now."""
    if isinstance(row, Handover):
        return bool(row.reference) and partner_may_read(session, row, now)
    return row.safe is None and seen_place(session, row, now) is not None
