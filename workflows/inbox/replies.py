"""Somebody writes back: whose channel it is, what it means, and what follows (T3, T4, control C20).

Nothing is ever answered: whoever holds the phone learns nothing from us. A number that is nobody's, a closed case,
or words that are not one of ours are kept for a person to read.
"""

import hmac
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from integrations.messaging import SmsNotice
from models.case import Case
from models.database import keyring_of, vault_of
from models.event import append
from models.inbound import Inbound
from models.incident import IncidentKind
from models.message import Reply
from models.person import CodeWord, Contact, ContactWord, Person
from models.staff import Staff
from models.stage import Role
from models.vault import blind_index
from workflows.commands import Change, Recording, recorded, touch
from workflows.facts import Facts
from workflows.gates.follow_up import next_point
from workflows.gather import gather
from workflows.inputs.follow_up import CheckInIn
from workflows.inputs.words import a_phone
from workflows.lease import lock
from workflows.messages.answers import FINE, STOP, UNSAFE, meaning_of
from workflows.records import FACTS
from workflows.records.contact import folded, opt_out
from workflows.records.incident import happened

BY = Staff(handle="person", roles=[Role.COUNSELLOR.value])  # what the person says is recorded as their own word
DURESS = "duress"


class Unheard(ValueError):
    """It changes no case; somebody must look at it. ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def replied(session: Session, stored: Inbound, notice: SmsNotice, now: datetime) -> tuple[Change | None, str]:
    """One message from a person. Raises Unheard, also for a number that is nobody's."""
    mine = contacts_of(session, notice.sender or "")
    if not mine:
        raise Unheard("unknown_sender")
    heard = [hear(session, stored, row, notice.text or "", len(mine), now) for row in mine]
    changes = [change for change in heard if change is not None]
    if not changes:
        raise Unheard("closed_case")
    return changes[0], "reply"


def contacts_of(session: Session, sender: str) -> list[Contact]:
    """The newest row of each person about this number; the cases in one order, so that nobody waits for one another."""
    try:
        index = blind_index(keyring_of(session), "address", a_phone(sender))
    except ValueError:
        return []
    rows = session.exec(
        select(Contact).where(Contact.address_index == index).order_by(col(Contact.at), col(Contact.id))
    )
    newest = {row.person_id: row for row in rows}
    return sorted(newest.values(), key=lambda row: (row.case_id, row.person_id))


def hear(session: Session, stored: Inbound, contact: Contact, text: str, people: int, now: datetime) -> Change | None:
    """What it means in one case; None for a closed one."""
    case = lock(session, session.get_one(Case, contact.case_id).ref)
    if case.closed_at is not None:
        return None
    facts = gather(session, case, now)
    r = Recording(session, case, None, BY.handle, now, BY)
    meaning = DURESS if is_duress(session, contact.person_id, text) else meaning_of(text)
    point, for_staff = follow(r, facts, contact, meaning, people)
    row = Reply(**r.row, person_id=contact.person_id, contact_id=contact.id, inbound_id=stored.id, meaning=meaning,
                point=point, for_staff=for_staff)  # fmt: skip
    r.save(row, text=text)
    append(session, case.ref, "message.reply", BY.handle, now, reply=str(row.id))
    return touch(case, now)


def follow(r: Recording, facts: Facts, contact: Contact, meaning: str, people: int) -> tuple[str, bool]:
    """What is done at once. Gives the check-in that it answered, and whether somebody must read it."""
    if meaning == DURESS:
        r.save(ContactWord(**r.row, person_id=contact.person_id, word=DURESS))
        return "", True
    if meaning == STOP:
        opt_out(r, contact)
        return "", True
    is_live = any(one.id == str(contact.id) for one in facts.intake.channels)
    if not is_live or people > 1 or meaning not in (FINE, UNSAFE):
        return "", True
    point = asked_point(facts) if str(contact.person_id) == facts.principal.id else None
    if point:
        check_in(r, contact, point, is_safe=meaning == FINE)
        return point, meaning == FINE and facts.is_victim
    if meaning == UNSAFE and not is_alarmed(facts):
        happened(r, IncidentKind.ALERT, r.session.get_one(Person, contact.person_id), reason="unsafe")
    return "", True


def is_alarmed(facts: Facts) -> bool:
    """An earlier call for help has not been read yet: its alert stands, and a repeated message makes no second one."""
    return any(one.meaning == UNSAFE and not one.read for one in facts.contact.replies)


def asked_point(facts: Facts) -> str | None:
    """The check-in that a message asked about and that nobody has answered yet."""
    following = next_point(facts)
    asked = following and any(one.went for one in facts.contact.messages(following[0].code))
    return following[0].code if following and asked else None


def check_in(r: Recording, contact: Contact, point: str, *, is_safe: bool) -> None:
    """The same fact as when a counsellor speaks with the person."""
    body = CheckInIn(about=point, channel="sms", contact=contact.id, reached=True, safe=is_safe)
    recorded(r.session, r.case, FACTS["check_in"], body, BY, r.now)


def is_duress(session: Session, person: UUID, text: str) -> bool:
    """Whether it is the word that the person agreed on for when somebody listens."""
    rows = session.exec(select(CodeWord).where(CodeWord.person_id == person).order_by(col(CodeWord.at))).all()
    word = vault_of(session).open(rows[-1], "duress") if rows else None
    return word is not None and hmac.compare_digest(folded(text), folded(word))


__all__ = ["Unheard", "replied"]
