"""Erasing the files of cases whose time is over: the people's keys are destroyed, numbers stay (S21).

A legal hold stops it, and so does a later episode that is still kept. Each erasure is a row of its own, kept longer
than the file, and done again after a backup was restored.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from models.cabinet import Cabinet
from models.case import Case
from models.closure import Erasure, LegalHold, Retention
from models.duplicate import MatchToken
from models.event import append
from models.name_token import NameToken
from models.person import Person
from models.tables import METADATA
from models.vault import PersonKey
from workflows.calendars import local_day
from workflows.commands import Refused, UnknownCase
from workflows.gates.closure import zone
from workflows.house import House
from workflows.pathways import rules_of

GONE = ""
PAGE = 200


def keeping(session: Session, case: Case) -> Retention | None:
    """Until when the file is kept, as last written down."""
    query = select(Retention).where(Retention.case_id == case.id)
    return session.exec(query.order_by(col(Retention.at).desc(), col(Retention.id).desc())).first()


def is_held(session: Session, case: Case) -> bool:
    """Whether a proceeding needs the file."""
    live = select(LegalHold.id).where(LegalHold.case_id == case.id, col(LegalHold.lifted_at).is_(None))
    return session.exec(live).first() is not None


def why_kept(session: Session, case: Case, today: date) -> str | None:
    """Why a file cannot be erased today, or None."""
    kept = keeping(session, case)
    if case.closed_at is None or kept is None:
        return "open"
    if session.exec(select(Erasure.id).where(Erasure.case_id == case.id)).first():
        return "erased"
    if is_held(session, case):
        return "legal_hold"
    if session.exec(select(Case.id).where(Case.previous_id == case.id, col(Case.closed_at).is_(None))).first():
        return "later_episode"
    return "not_yet" if kept.erase_on > today else None


def due(session: Session, today: date, most: int = PAGE) -> list[Case]:
    """Closed cases whose day has come and that nothing holds, the longest due first."""
    erased, held = select(Erasure.case_id), select(LegalHold.case_id).where(col(LegalHold.lifted_at).is_(None))
    query = (
        select(Case).join(Retention, col(Retention.case_id) == Case.id).where(Retention.erase_on <= today)
        .where(col(Case.id).not_in(erased), col(Case.id).not_in(held)).order_by(col(Retention.erase_on)).limit(most)
    )  # fmt: skip
    found = {case.id: case for case in session.exec(query).all()}
    return [case for case in found.values() if why_kept(session, case, today) is None]


def erase_due(house: House, by: str) -> list[str]:
    """Erase everything that is due. Gives the references."""
    now = house.clock.now()
    done: list[str] = []
    while True:
        with house.database.unit_of_work() as session:
            cases = due(session, now.date())
            for case in cases:
                erase(session, case, "retention", by, now)
            done += [case.ref for case in cases]
        if not cases:
            return done


def erase_one(house: House, ref: str, by: str) -> None:
    """Erase one file whose day has come. Raises UnknownCase or Refused with what keeps it."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == ref).with_for_update()).first()
        if case is None:
            raise UnknownCase(ref)
        day = local_day(now, zone(rules_of(case.pathway, case.pathway_version)))
        why = why_kept(session, case, day)
        if why:
            raise Refused(why, REMEDIES[why])
        erase(session, case, "retention", by, now)


REMEDIES = {
    "open": "The case is open: close it first.",
    "erased": "The file was erased already.",
    "legal_hold": "A legal hold keeps the file: whoever set it must lift it first.",
    "later_episode": "The case was opened again: its file is kept as long as the new one's.",
    "not_yet": "Its time is not over: the status says on which day it will be.",
}


def erase(session: Session, case: Case, basis: str, by: str, now: datetime) -> None:
    """Destroy the keys of everybody in the case, and the fingerprints by which they could be found."""
    people = session.exec(select(Person.id).where(Person.case_id == case.id)).all()
    for person in people:
        destroy(session, person)
        session.add(Erasure(case_id=case.id, at=now, by=by, person_id=person, basis=basis))
    append(session, case.ref, "case.erased", by, now, basis=basis, persons=len(people))
    case.ver += 1
    forget(session)


def destroy(session: Session, person: UUID) -> None:
    """The key, and every blind index about the person."""
    for kind in (PersonKey, NameToken, MatchToken):
        session.execute(delete(kind).where(col(kind.person_id) == person))
    for table, column, owner in fingerprints():
        session.execute(update(table).where(owner == person).values({column.name: GONE}))


def forget(session: Session) -> None:
    """Nothing that this process has read and opened is kept either."""
    cabinet: Cabinet | None = session.info.get("cabinet")
    if cabinet is not None:
        cabinet.clear()


def fingerprints() -> list[tuple[Any, Any, Any]]:
    """Every column that holds a blind index, with the column that says whose it is."""
    found = []
    for table in METADATA.sorted_tables:
        owner = table.c.get("person_id") if table.name != "persons" else table.c.id
        columns = [column for column in table.c if column.name.endswith("_index")]
        found += [(table, column, owner) for column in columns if owner is not None]
    return found


def erase_again(house: House) -> int:
    """After a backup was restored: what had been erased is erased again (F45, S21). Gives how many keys came back."""
    with house.database.unit_of_work() as session:
        gone = select(Erasure.person_id)
        back = session.exec(select(PersonKey.person_id).where(col(PersonKey.person_id).in_(gone))).all()
        for person in back:
            destroy(session, person)
        forget(session)
        return len(back)


def hold(house: House, ref: str, reason: str, by: str) -> None:
    """A proceeding needs the file of a case, open or closed. Raises UnknownCase."""
    with house.database.unit_of_work() as session:
        case, now = found(session, ref), house.clock.now()
        session.add(LegalHold(case_id=case.id, at=now, by=by, reason=reason))
        append(session, ref, "case.held", by, now, reason=reason)


def lift(house: House, ref: str, by: str) -> int:
    """The proceeding is over. Gives how many holds were lifted. Raises UnknownCase."""
    with house.database.unit_of_work() as session:
        case, now = found(session, ref), house.clock.now()
        live = session.exec(select(LegalHold).where(LegalHold.case_id == case.id, col(LegalHold.lifted_at).is_(None)))
        rows = live.all()
        for row in rows:
            row.lifted_at, row.lifted_by = now, by
        append(session, ref, "case.hold_lifted", by, now, holds=len(rows))
        return len(rows)


def found(session: Session, ref: str) -> Case:
    """A case by reference. Raises UnknownCase."""
    case = session.exec(select(Case).where(Case.ref == ref).with_for_update()).first()
    if case is None:
        raise UnknownCase(ref)
    return case
