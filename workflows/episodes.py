"""Opening a case again: a new episode for the same people, with consent, choice and risk anew. Nothing old revives."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Session, col, select

from models.base import new_id
from models.case import Case
from models.consent import Consent, ConsentKind
from models.database import vault_of
from models.event import append
from models.person import CodeWord, Person, UnsafeAddress
from models.staff import Staff
from models.stage import Role, Track
from models.tables import METADATA
from models.travel_document import TravelDocument
from models.vault import Unreadable
from workflows.commands import NotAllowed, Recording, Refused
from workflows.house import House
from workflows.inputs.closure import ReopenIn
from workflows.lease import lock
from workflows.pathways import current
from workflows.records import keep_contact

R = TypeVar("R", Person, TravelDocument, UnsafeAddress, CodeWord)
MAY_REOPEN = (Role.COUNSELLOR, Role.SUPERVISOR, Role.PROTECTION_OFFICER)


def reopen(house: House, ref: str, said: ReopenIn, who: Staff) -> str:
    """Open the next episode of a closed case and give its reference. Raises Refused or NotAllowed.

    Without consent the new case asks for it first thing: somebody who calls after a long silence is not sent away.
    """
    if not who.has(*MAY_REOPEN):
        raise NotAllowed("role", "Only a counsellor, a protection officer or a supervisor may open a case again.")
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        return next_episode(session, lock(session, ref), said, who.handle, now).ref


def next_episode(session: Session, old: Case, said: ReopenIn, by: str, now: datetime) -> Case:
    """The new case, in the transaction of the caller, who holds the old one. Raises Refused."""
    check(session, old)
    pathway, version = current(now.date(), old.pathway)
    case = Case(
        pathway=pathway, pathway_version=version, country=old.country, area=old.area, track=Track.UNDECIDED,
        opened_at=now, opened_by=by, episode=old.episode + 1, previous_id=old.id, due_at=now,
    )  # fmt: skip
    session.add(case)
    session.flush()
    principal = people_again(session, old, case)
    if said.contact:
        keep_contact(Recording(session, case, said, by, now), principal, said.contact, "in_person")
    if said.data_consent:
        given = said.data_consent.model_dump()
        row: dict[str, Any] = {"case_id": case.id, "at": now, "by": by, "journey": 1, "person_id": principal}
        session.add(Consent(**row, kind=ConsentKind.DATA, **given))
    append(session, case.ref, "case.opened", by, now, pathway=f"{case.pathway}@{case.pathway_version}",
           episode=case.episode, after=old.ref, reason=said.reason)  # fmt: skip
    append(session, old.ref, "case.reopened", by, now, episode=case.episode, next=case.ref, reason=said.reason)
    return case


def check(session: Session, old: Case) -> None:
    """Closed, the last of its line, and not erased."""
    if old.closed_at is None:
        raise Refused("still_open", "The case is open: record what happened there.")
    later = session.exec(select(Case.ref).where(Case.previous_id == old.id)).first()
    if later:
        raise Refused("reopened", f"It was opened again already: go on in {later}.")
    same = select(Person.identity_index).where(Person.case_id == old.id, Person.identity_index != "")
    elsewhere = select(Case.ref).join(Person, col(Person.case_id) == Case.id).where(col(Case.closed_at).is_(None))
    if session.exec(elsewhere.where(col(Person.identity_index).in_(same))).first():
        raise Refused("second_case", "One of these people has an open case already; ask the supervisor.")
    if old.outcome == "deceased":
        raise Refused("deceased", "The person has died: open a case for those who are left, in their own name.")


def people_again(session: Session, old: Case, case: Case) -> UUID:
    """The same people under keys of their own, with the papers they still have. Gives the principal.

    How they can be reached is asked anew, for what was safe then may not be now; what was unsafe stays so, and their
    code word is still theirs. Raises Refused when they were erased.
    """
    people = session.exec(select(Person).where(Person.case_id == old.id).order_by(col(Person.id))).all()
    papers = session.exec(select(TravelDocument).where(TravelDocument.case_id == old.id)).all()
    unsafe = session.exec(select(UnsafeAddress).where(UnsafeAddress.case_id == old.id)).all()
    words = session.exec(select(CodeWord).where(CodeWord.case_id == old.id)).all()
    ids = {person.id: new_id() for person in people}
    try:
        for person in people:
            guardian = ids.get(person.guardian_id) if person.guardian_id else None
            again(session, person, id=ids[person.id], case_id=case.id, guardian_id=guardian)
        session.flush()
        for paper in papers:
            if paper.expires_on > case.opened_at.date() and not paper.single_journey:
                again(session, paper, id=new_id(), case_id=case.id, person_id=ids[paper.person_id], journey=1)
        for one in unsafe:
            again(session, one, id=new_id(), case_id=case.id, person_id=ids[one.person_id], journey=1)
        for word in words:
            again(session, word, id=new_id(), case_id=case.id, person_id=ids[word.person_id], journey=1)
    except Unreadable:
        raise Refused("erased", "The file was erased: open a new case and ask the person anew.") from None
    return next(ids[person.id] for person in people if person.principal)


def again(session: Session, row: R, **over: Any) -> R:
    """A copy with other keys: what is sealed is opened and sealed again for the new row."""
    vault, kind = vault_of(session), type(row)
    table: Any = METADATA.tables[str(row.__tablename__)]
    sealed = [column.name for column in table.columns if isinstance(column.type, LargeBinary)]
    copy = kind(**{**row.model_dump(exclude=set(sealed)), **over})
    vault.seal(copy, **{name: vault.open(row, name) for name in sealed})
    session.add(copy)
    return copy
