"""Keeps a person findable by blind tokens, and writes down who of other cases may be the same."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select

from models.case import Case
from models.database import keyring_of, vault_of
from models.duplicate import DuplicateCandidate, MatchToken
from models.family import Separation
from models.person import Contact, Person
from models.travel_document import TravelDocument
from models.vault import PersonKey
from workflows.commands import Recording
from workflows.duplicates import Identity, best, compare, kept_tokens, wanted_tokens, worth_opening
from workflows.pathways import rules_of

MOST_OPENED = 200


def look_for_duplicates(r: Recording, person: Person) -> None:
    """Index a person anew, and keep a candidate for each other person who may be the same, once."""
    r.session.flush()
    (who,), rules = identities(r.session, [person]).values(), rules_of(r.case.pathway, r.case.pathway_version)
    keep_tokens(r.session, person, who)
    others = {other.id: other for other in sharing(r.session, r.case, who)}
    known = identities(r.session, list(others.values()))
    compared = [(other, compare(rules, who, whom)) for other, whom in known.items()]
    for found, match in best(compared, int(rules.number("duplicate_most"))):
        r.save(
            DuplicateCandidate(
                **r.row, person_id=person.id, other_case_id=others[found].case_id, other_person_id=found,
                score=match.score, confidence=match.confidence, twin=match.twin, signals=list(match.signals),
            )
        )  # fmt: skip


def identities(session: Session, people: list[Person]) -> dict[UUID, Identity]:
    """What is known of people, opened; read together, because there may be many."""
    if not people:
        return {}
    ids = [person.id for person in people]
    session.exec(select(PersonKey).where(col(PersonKey.person_id).in_(ids))).all()  # so that each is not fetched alone
    contacts, documents = grouped(session, Contact, ids), grouped(session, TravelDocument, ids)
    return {
        person.id: identity(session, person, contacts.get(person.id, []), documents.get(person.id, []))
        for person in people
    }


def grouped(session: Session, kind: type[Any], ids: list[UUID]) -> dict[UUID, list[Any]]:
    """Rows of a kind by their person."""
    rows: dict[UUID, list[Any]] = {}
    for row in session.exec(select(kind).where(kind.person_id.in_(ids))):
        rows.setdefault(row.person_id, []).append(row)
    return rows


def identity(session: Session, person: Person, contacts: list[Contact], documents: list[TravelDocument]) -> Identity:
    """One of them."""
    vault = vault_of(session)
    born = vault.open_date(person, "born_on")
    if born is None:
        raise ValueError("a person without a birth date cannot be compared")
    return Identity(
        given_names=vault.open(person, "given_names"), family_name=vault.open(person, "family_name"),
        native_name=vault.open(person, "native_name"), born_on=born,
        nationality=vault.open(person, "nationality"), sex=vault.open(person, "sex"),
        phones=frozenset(vault.open(row, "address") for row in contacts if row.channel != "email"),
        documents=frozenset(row.number_index for row in documents),
        document_countries=frozenset(row.country for row in documents),
    )  # fmt: skip


def keep_tokens(session: Session, person: Person, who: Identity) -> None:
    """The tokens of a person as they are known now."""
    session.exec(delete(MatchToken).where(col(MatchToken.person_id) == person.id))
    for token in sorted(kept_tokens(keyring_of(session), who)):
        session.add(MatchToken(case_id=person.case_id, person_id=person.id, token=token))


def sharing(session: Session, case: Case, who: Identity) -> list[Person]:
    """People of other cases who share enough; never of a case that must stay hidden from this one."""
    enough, words = wanted_tokens(keyring_of(session), who)
    shared = select(MatchToken.person_id, MatchToken.token).where(
        col(MatchToken.token).in_(enough | words), MatchToken.case_id != case.id
    )
    ids = set(worth_opening(session.exec(shared).all(), enough, words)[:MOST_OPENED])
    if who.documents:
        same = col(TravelDocument.number_index).in_(who.documents), TravelDocument.case_id != case.id
        ids |= set(session.exec(select(TravelDocument.person_id).where(*same)).all())
    known = select(DuplicateCandidate.other_person_id).where(DuplicateCandidate.case_id == case.id)
    ids = ids - set(session.exec(known).all()) if ids else ids
    hidden = hidden_from(session, case) if ids else set()
    return [person for person in readable(session, ids) if person.case_id not in hidden]


def readable(session: Session, ids: Iterable[UUID]) -> list[Person]:
    """Those whose key was not destroyed: of the others nothing is known any more (S21)."""
    wanted = list(ids)
    if not wanted:
        return []
    keyed = select(Person).join(PersonKey, col(PersonKey.person_id) == Person.id)
    return list(session.exec(keyed.where(col(Person.id).in_(wanted))))


def hidden_from(session: Session, case: Case) -> set[UUID]:
    """The cases whose people this one's must never hear of."""
    rows = session.exec(select(Separation).where(Separation.case_id == case.id)).all()
    refs = {vault_of(session).open(row, "other") for row in rows}
    return set(session.exec(select(Case.id).where(col(Case.ref).in_(refs))))


def named(session: Session, tokens: Iterable[str]) -> list[Person]:
    """People whose name holds every one of these tokens."""
    ids: set[UUID] | None = None
    for token in tokens:
        found = set(session.exec(select(MatchToken.person_id).where(MatchToken.token == token)).all())
        ids = found if ids is None else ids & found
    return readable(session, ids or ())
