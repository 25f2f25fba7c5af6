"""Somebody outside asks about a person. The answer is one sentence, the same for everybody, given before any look.

Whether we know somebody is never said: not by words, not by a refusal, not by the time it takes.
"""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.case import Case
from models.database import keyring_of, vault_of
from models.enquiry import Enquiry, EnquiryNote
from models.event import append
from models.person import Person
from models.staff import Staff
from workflows.duplicates import birth_agreement, name_tokens
from workflows.explain import phrases
from workflows.find_duplicates import named
from workflows.house import House
from workflows.inputs import EnquiryIn

CHAIN = "enquiries"
FEWEST_WORDS = 2
MOST_NOTES = 20


def neutral_answer() -> dict[str, str]:
    """What is said to whoever asks, in each language."""
    return {language: phrases(language)["answers"]["enquiry"] for language in ("en", "tr")}


def keep_enquiry(house: House, said: EnquiryIn, who: Staff) -> UUID:
    """Write an enquiry down. Nothing is looked up here, so that known and unknown people make no difference."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = write(session, said, who.handle, now)
        append(session, CHAIN, "enquiry.received", who.handle, now, channel=said.channel, asker=said.asker)
        return row.id


def write(session: Session, said: EnquiryIn, by: str, now: datetime) -> Enquiry:
    """The row, sealed under its own key."""
    row = Enquiry(at=now, by=by, channel=said.channel, asker=said.asker)
    about = {"name": said.about, "born_on": said.born_on}
    vault_of(session).seal(row, about=about, caller=said.caller, said=said.said)
    session.add(row)
    session.flush()
    return row


def look_into_enquiries(house: House) -> int:
    """Compare what came in with our people, after it was answered. Gives how many enquiries were looked at."""
    with house.database.reading() as session:
        left = list(session.exec(select(Enquiry.id).where(col(Enquiry.looked_at).is_(None))))
    for enquiry_id in left:
        now = house.clock.now()
        with house.database.unit_of_work() as session:
            row = session.get_one(Enquiry, enquiry_id)
            if row.looked_at is None:
                note_matches(session, row, now)
    return len(left)


def note_matches(session: Session, row: Enquiry, now: datetime) -> None:
    """A note in every open case that it may concern."""
    row.looked_at = now
    for person in concerned(session, row)[:MOST_NOTES]:
        case = session.exec(select(Case).where(Case.id == person.case_id).with_for_update()).one()
        if case.closed_at is None:
            note(session, case, person, row, now)


def note(session: Session, case: Case, person: Person, row: Enquiry, now: datetime) -> None:
    """The case is looked at again with it."""
    session.add(EnquiryNote(
        case_id=case.id, journey=case.journey, at=now, by=row.by, person_id=person.id, enquiry_id=row.id,
    ))  # fmt: skip
    append(session, case.ref, "enquiry.noted", row.by, now)
    case.ver, case.due_at = case.ver + 1, now


def concerned(session: Session, row: Enquiry) -> list[Person]:
    """People of that name, in whatever script; one word alone says too little without a birth date."""
    vault = vault_of(session)
    about = vault.open(row, "about")
    born = date.fromisoformat(about["born_on"]) if about["born_on"] else None
    tokens = name_tokens(keyring_of(session), about["name"])
    if len(tokens) < FEWEST_WORDS and born is None:
        return []
    people = named(session, tokens)
    return [person for person in people if born is None or agrees(vault.open_date(person, "born_on"), born)]


def agrees(known: date | None, said: date) -> bool:
    """Near enough to the birth date that was said."""
    return known is not None and birth_agreement(known, said) > 0
