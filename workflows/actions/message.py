"""Neutral messages to the person: no organisation, no destination, no reason (S19, control C20)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models.case import Case
from models.database import vault_of
from models.effect import Effect
from models.person import Contact
from workflows.actions.people import contact_of, principal_of
from workflows.facts import Facts
from workflows.gates.follow_up import usable
from workflows.house import World
from workflows.ledger import Action, Letter, NotNow

SUBJECT = {"en": "A short note", "tr": "Kısa bir not"}
TEXTS = {
    "invite_to_examination": {
        "en": "Hello. There is an appointment for you. Please call us when it suits you.",
        "tr": "Merhaba. Sizin için bir randevu var. Uygun olduğunuzda lütfen bizi arayın.",
    },
    "send_travel_day": {
        "en": "Hello. Please call us today about the coming days.",
        "tr": "Merhaba. Önümüzdeki günler için lütfen bugün bizi arayın.",
    },
    "send_flight_change": {
        "en": "Hello. Something has changed about the day we spoke of. Please call us when it suits you.",
        "tr": "Merhaba. Konuştuğumuz günle ilgili bir değişiklik var. Uygun olduğunuzda lütfen bizi arayın.",
    },
    "send_check_in": {
        "en": "Hello. How are you? Please call us when you can speak freely.",
        "tr": "Merhaba. Nasılsınız? Rahat konuşabildiğinizde lütfen bizi arayın.",
    },
}


BY_CHANNEL = "send_check_in"


def channel_of(session: Session, effect: Effect, facts: Facts) -> Contact:
    """The channel that the subject names, while it is safe: the next one follows in vain ones. Raises NotNow (S19)."""
    named = effect.subject.rpartition(".")[2]
    if all(one.id != named for one in usable(facts)):
        raise NotNow("the channel is no longer safe")
    return session.get_one(Contact, UUID(named))


def prepare(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, str]:
    """Where to, and what, in the person's language where we have it."""
    contact = channel_of(session, effect, facts) if effect.action == BY_CHANNEL else contact_of(session, case, facts)
    language = principal_of(session, case).language
    texts = TEXTS[effect.action]
    return {
        "channel": contact.channel,
        "to": vault_of(session).open(contact, "address"),
        "text": texts.get(language, texts["en"]),
        "subject": SUBJECT.get(language, SUBJECT["en"]),
    }


def send(world: World, letter: Letter) -> str:
    """By the channel that the person called safe."""
    said = letter.body
    if said["channel"] == "sms":
        return world.messenger.send_sms(said["to"], said["text"], key=letter.key)
    return world.messenger.send_email(said["to"], said["subject"], said["text"], key=letter.key)


def record(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """Only that it went out, and the gateway's reference."""
    effect.reference = answer


ACTIONS = tuple(Action(name, prepare, send, record) for name in TEXTS)
