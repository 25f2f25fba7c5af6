"""Opening a case: people, safe contact and data consent in one transaction, refused whole or kept whole."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.case import Case
from models.consent import Consent, ConsentKind
from models.database import keyring_of, vault_of
from models.event import append
from models.person import Person
from models.staff import Staff
from models.stage import Role
from models.travel_document import TravelDocument
from models.vault import blind_index
from workflows.commands import NotAllowed, Recording, Refused, Wrong
from workflows.find_duplicates import look_for_duplicates
from workflows.house import House
from workflows.inputs import CaseIn, PersonIn
from workflows.pathways import current
from workflows.records import keep_code_word, keep_contact, keep_document, keep_unsafe, partner_of

OLDEST = 120
ADULT_AT = 18


def open_case(house: House, said: CaseIn, who: Staff) -> str:
    """Open a case and give its reference. Raises Wrong (422), Refused (409) or NotAllowed (403)."""
    if not who.has(Role.COUNSELLOR, Role.SUPERVISOR):
        raise NotAllowed("role", "Only a counsellor may open a case.")
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        check(session, said, now)
        pathway, version = current(now.date())
        case = Case(
            pathway=pathway, pathway_version=version, country=said.country, area=said.area,
            partner=said.partner, opened_at=now, opened_by=who.handle, due_at=now,
        )  # fmt: skip
        session.add(case)
        session.flush()
        add_people(session, case, said, who.handle, now)
        append(session, case.ref, "case.opened", who.handle, now, pathway=f"{case.pathway}@{case.pathway_version}")
        return case.ref


def check(session: Session, said: CaseIn, now: datetime) -> None:
    """What the form alone cannot know: dates against today, guardians, agreements, a second open case."""
    people = {"principal": said.principal} | {f"dependants.{n}": person for n, person in enumerate(said.dependants)}
    for name, person in people.items():
        check_dates(name, person, now)
    if is_child(said.principal, now) and said.principal.guardian != "appointed":
        raise Wrong(
            "no_guardian", "principal.guardian: a child needs an appointed guardian first.", "principal.guardian"
        )
    for name, person in people.items():
        if name != "principal" and is_child(person, now) and person.guardian is None:
            raise Wrong("no_guardian", f"{name}.guardian: say who the child's guardian is.", f"{name}.guardian")
    if said.partner and said.country not in partner_of(session, said.partner, now).countries:
        raise Wrong("other_country", "partner: it does not work in the country of return.", "partner")
    for name, person in people.items():
        if has_open_case(session, person):
            raise Refused("second_case", f"{name}: this person has an open case already; ask the supervisor.", name)


def check_dates(name: str, person: PersonIn, now: datetime) -> None:
    """Born in the past, not impossibly long ago; a document that is still valid."""
    today = now.date()
    if person.born_on > today or today.year - person.born_on.year > OLDEST:
        raise Wrong("impossible_date", f"{name}.born_on: not a possible birth date; check the year.", f"{name}.born_on")
    if person.document and person.document.expires_on <= today:
        field = f"{name}.document.expires_on"
        raise Wrong("expired", f"{field}: the document has expired; leave it out and one will be applied for.", field)


def is_child(person: PersonIn, now: datetime) -> bool:
    """Under 18 today."""
    born, today = person.born_on, now.date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < ADULT_AT


def identity_index(session: Session, person: PersonIn) -> str:
    """A fingerprint of name, birth date and nationality, the same for the same spelling only."""
    parts = (person.given_names, person.family_name, person.born_on.isoformat(), person.nationality)
    return blind_index(keyring_of(session), "identity", *parts)


def has_open_case(session: Session, person: PersonIn) -> bool:
    """Another open case with the same document, or the same spelling, birth date and nationality."""
    query = select(Person.id).join(Case, col(Case.id) == Person.case_id).where(col(Case.closed_at).is_(None))
    if session.exec(query.where(Person.identity_index == identity_index(session, person))).first():
        return True
    if person.document is None:
        return False
    index = blind_index(keyring_of(session), "document", person.document.country, person.document.number)
    papers = query.join(TravelDocument, col(TravelDocument.person_id) == Person.id)
    return session.exec(papers.where(TravelDocument.number_index == index)).first() is not None


def add_people(session: Session, case: Case, said: CaseIn, by: str, now: datetime) -> None:
    """The principal, how they are reached, the consent that is theirs, the dependants; and who may be the same."""
    principal = add_person(session, case, said.principal, None, by, now)
    add_contacts(Recording(session, case, said, by, now), principal)
    session.add(
        Consent(
            case_id=case.id, at=now, by=by, journey=1, person_id=principal, kind=ConsentKind.DATA,
            **said.data_consent.model_dump(),
        )
    )  # fmt: skip
    ids = [principal, *(add_person(session, case, person, principal, by, now) for person in said.dependants)]
    for person in ids:
        look_for_duplicates(Recording(session, case, said, by, now), session.get_one(Person, person))


def add_contacts(r: Recording, principal: UUID) -> None:
    """What is not safe first, so that nothing of it is taken for safe; then the channels and the code word."""
    for unsafe in r.body.unsafe_addresses:
        keep_unsafe(r, principal, unsafe)
    r.session.flush()
    first = [r.body.contact] if r.body.contact else []
    for channel in [*first, *r.body.channels]:
        keep_contact(r, principal, channel, "in_person")
    if r.body.code_word:
        keep_code_word(r, principal, r.body.code_word)


def add_person(session: Session, case: Case, said: PersonIn, principal: UUID | None, by: str, now: datetime) -> UUID:
    """One person with their document."""
    row = Person(
        case_id=case.id, principal=principal is None, relation=said.relation, language=said.language,
        guardian_id=principal if said.guardian == "principal" else None,
        identity_index=identity_index(session, said),
    )  # fmt: skip
    vault_of(session).seal(
        row, given_names=said.given_names, family_name=said.family_name, native_name=said.native_name,
        born_on=said.born_on, sex=said.sex,
        nationality=said.nationality,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if said.document:
        keep_document(Recording(session, case, said, by, now), row.id, said.document)
    return row.id
