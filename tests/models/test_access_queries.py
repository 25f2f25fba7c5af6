"""Who is tied to which case: the relations of one case and the condition on lists are one truth."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.access import Act, Relation, may
from models.assignment import CaseAssignment
from models.case import Case, UnknownCase
from models.database import Database
from models.glass import GlassBreak
from models.handover import Handover
from models.person import Person
from models.queries import listing as pages
from models.queries.access import Denied, must, relations_of, sees, visible_to
from models.queries.listing import Part
from models.question import Question
from models.shelter import ShelterUnit, Stay
from models.staff import Staff
from models.stage import Role, Stage
from tests.factories import NOW

HOUR = timedelta(hours=1)
Tied = Callable[[Session, Case, Staff], None]


def somebody(session: Session, handle: str, *roles: Role, **more: str) -> Staff:
    """A member of staff."""
    row = Staff(handle=handle, roles=[role.value for role in roles], **more)
    session.add(row)
    session.flush()
    return row


def a_case(session: Session, by: str = "elif", **over: object) -> Case:
    """A case that somebody opened."""
    row = Case(pathway="return", pathway_version=1, country="GE", area="Kutaisi", opened_at=NOW, opened_by=by, **over)
    session.add(row)
    session.flush()
    return row


def ask(session: Session, case: Case, role: Role) -> Question:
    """An open question for a role."""
    row = Question(
        case_id=case.id, at=NOW, by="sila", journey=1, stage=Stage.HEALTH, kind="health_clearance", role=role,
        until=NOW + HOUR,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def put(session: Session, case: Case, who: Staff, role: Role, until: object = None) -> None:
    """Somebody works on a case."""
    session.add(CaseAssignment(case_id=case.id, at=NOW, by="x", role=role, handle=who.handle, until=until))
    session.flush()


def stay(session: Session, case: Case, partner: str) -> None:
    """Somebody of a case stays in a partner's unit."""
    person = Person(case_id=case.id, principal=True, language="tr", identity_index=uuid4().hex)
    session.add_all([person, ShelterUnit(code=f"U-{partner}", partner=partner)])
    session.flush()
    session.add(Stay(case_id=case.id, journey=1, at=NOW, by="x", person_id=person.id, client_id=uuid4().hex,
                     unit_code=f"U-{partner}", admitted_at=NOW))  # fmt: skip
    session.flush()


def hand_over(session: Session, case: Case, partner: str, status: str) -> None:
    """A case lies with a receiving partner."""
    person = Person(case_id=case.id, principal=True, language="tr", identity_index=uuid4().hex)
    session.add(person)
    session.flush()
    session.add(Handover(case_id=case.id, journey=1, at=NOW, by="x", person_id=person.id, generation=1,
                         partner=partner, reference=uuid4().hex, status=status, waiting_since=NOW))  # fmt: skip
    session.flush()


def listed(session: Session, who: Staff) -> set[UUID]:
    """What somebody finds in a list: asked for all at once, case by case, and page by page, each gives the same."""
    case: Any = aliased(Case)
    found = set(session.exec(select(Case.id).where(visible_to(who, NOW))))
    assert set(session.exec(select(case.id).where(sees(who, NOW, case)))) == found
    for closed in (False, True):
        wanted = col(Case.closed_at).is_not(None) if closed else col(Case.closed_at).is_(None)
        some = set(session.exec(select(Case.id).where(visible_to(who, NOW), wanted)))
        for newest in (False, True):
            assert walked(session, who, newest, wanted, closed) == sorted(some, reverse=newest)
    return found


def walked(session: Session, who: Staff, newest: bool, wanted: object, closed: bool) -> list[UUID]:
    """Every page of a list, of one case each."""
    seen: list[UUID] = []
    while True:
        part = Part(1, seen[-1] if seen else None, newest)
        rows = session.exec(pages.listed(who, NOW, [wanted], part, closed=closed)).all()
        if not rows:
            return seen
        seen += [row.id for row in rows]


def kinds(session: Session, who: Staff, case: Case) -> set[Relation]:
    """What ties somebody to a case."""
    return {tie.relation for tie in relations_of(session, who, case, NOW)}


def test_t2_a_counsellor_lists_their_own_cases_and_no_others(database: Database) -> None:
    with database.unit_of_work() as session:
        elif_, omer = (somebody(session, name, Role.COUNSELLOR) for name in ("elif", "omer"))
        mine, taken_over, given_away = a_case(session), a_case(session, "omer"), a_case(session)
        taken_over.owner, given_away.owner = "elif", "omer"
        session.flush()
        assert listed(session, elif_) == {mine.id, taken_over.id}
        assert listed(session, omer) == {given_away.id}
        assert kinds(session, elif_, mine) == {Relation.OWNER}
        assert kinds(session, omer, mine) == set()
        with pytest.raises(UnknownCase):
            must(session, omer, Act.SEE, mine, NOW)
        with pytest.raises(UnknownCase):
            must(session, omer, Act.SEE, None, NOW)


def test_a_question_ties_the_role_that_is_asked_until_it_is_answered(database: Database) -> None:
    with database.unit_of_work() as session:
        doctor, case = somebody(session, "doctor", Role.MEDICAL_OFFICER), a_case(session)
        question = ask(session, case, Role.MEDICAL_OFFICER)
        assert kinds(session, doctor, case) == {Relation.ASKED}
        assert listed(session, doctor) == {case.id}
        question.answered_at = NOW
        session.flush()
        assert kinds(session, doctor, case) == set()
        assert listed(session, doctor) == set()


def test_c3_whoever_works_on_it_is_asked_and_the_others_in_the_role_are_not(database: Database) -> None:
    with database.unit_of_work() as session:
        one, other = (somebody(session, name, Role.MEDICAL_OFFICER) for name in ("one", "other"))
        case = a_case(session)
        ask(session, case, Role.MEDICAL_OFFICER)
        put(session, case, one, Role.MEDICAL_OFFICER)
        assert kinds(session, one, case) == {Relation.ASSIGNED, Relation.ASKED}
        assert kinds(session, other, case) == set()
        case.closed_at = NOW
        session.flush()
        assert Relation.ASSIGNED not in kinds(session, one, case)
        row, case.closed_at = session.exec(select(CaseAssignment)).one(), None
        row.until = NOW
        session.flush()
        assert kinds(session, one, case) == kinds(session, other, case) == {Relation.ASKED}


def test_a_counsellors_question_is_the_owners_until_the_owner_has_left(database: Database) -> None:
    with database.unit_of_work() as session:
        elif_, omer = (somebody(session, name, Role.COUNSELLOR) for name in ("elif", "omer"))
        case = a_case(session)
        ask(session, case, Role.COUNSELLOR)
        assert kinds(session, omer, case) == set()
        elif_.active = False
        session.flush()
        assert kinds(session, omer, case) == {Relation.ASKED}
        assert relations_of(session, elif_, case, NOW) == frozenset()


def test_a_supervisor_leads_their_own_people_and_those_who_name_nobody(database: Database) -> None:
    with database.unit_of_work() as session:
        ayse, can = (somebody(session, name, Role.SUPERVISOR) for name in ("ayse", "can"))
        somebody(session, "elif", Role.COUNSELLOR, supervisor="ayse")
        somebody(session, "omer", Role.COUNSELLOR)
        somebody(session, "doctor", Role.MEDICAL_OFFICER, supervisor="can")
        hers, anybodys, unowned = a_case(session), a_case(session, "omer"), a_case(session)
        unowned.unowned_since = NOW
        session.flush()
        assert listed(session, ayse) == {hers.id, anybodys.id, unowned.id}
        assert listed(session, can) == {anybodys.id, unowned.id}
        put(session, hers, Staff(handle="doctor", roles=[]), Role.MEDICAL_OFFICER)
        assert listed(session, can) == {hers.id, anybodys.id, unowned.id}
        assert kinds(session, can, hers) == {Relation.SUPERVISES}


def test_a_shelter_has_its_own_clients_and_a_receiving_partner_its_own_handovers(database: Database) -> None:
    with database.unit_of_work() as session:
        house = somebody(session, "house", Role.SHELTER_PARTNER, partner="umut")
        nadia = somebody(session, "nadia", Role.RECEIVING_PARTNER, partner="nadia")
        client, handed, gone = a_case(session), a_case(session), a_case(session)
        stay(session, client, "umut")
        stay(session, handed, "guven")
        hand_over(session, handed, "nadia", "accepted")
        hand_over(session, gone, "nadia", "recalled")
        assert listed(session, house) == {client.id}
        assert (kinds(session, nadia, handed), kinds(session, nadia, gone)) == ({Relation.OWN_HANDOVER}, set())
        assert listed(session, nadia) == set()
        assert may(nadia, Act.RECEIVE, relations_of(session, nadia, handed, NOW), 3)


def test_c4_a_broken_glass_ties_for_its_hour_and_shows_in_no_list(database: Database) -> None:
    with database.unit_of_work() as session:
        omer, case = somebody(session, "omer", Role.COUNSELLOR), a_case(session)
        session.add(GlassBreak(at=NOW - HOUR, handle="omer", case_ref=case.ref, category="safety", ends_at=NOW + HOUR))
        session.flush()
        assert {tie.relation for tie in relations_of(session, omer, case, NOW)} == {Relation.BROKEN_GLASS}
        assert relations_of(session, omer, case, NOW + HOUR) == frozenset()
        assert listed(session, omer) == set()
        with pytest.raises(Denied):
            must(session, omer, Act.RECORD, case, NOW)


def test_operations_lists_everything_and_reads_no_name(database: Database) -> None:
    with database.unit_of_work() as session:
        desk, case = somebody(session, "desk", Role.OPERATIONS), a_case(session)
        assert listed(session, desk) == {case.id}
        assert must(session, desk, Act.SEE, case, NOW) == frozenset()
        with pytest.raises(Denied):
            must(session, desk, Act.SEE, case, NOW, field_class=2)


def test_what_is_listed_is_what_the_relations_allow(database: Database) -> None:
    with database.unit_of_work() as session:
        people = [somebody(session, role.value, role, partner="umut") for role in Role]
        people += [somebody(session, "both", Role.MEDICAL_OFFICER, Role.COUNSELLOR, supervisor="supervisor")]
        cases = [a_case(session, by) for by in ("counsellor", "both", "supervisor", "elsewhere")]
        for case, role in zip(cases, (Role.MEDICAL_OFFICER, Role.COUNSELLOR, Role.SHELTER_PARTNER), strict=False):
            ask(session, case, role)
        stay(session, cases[3], "umut")
        put(session, cases[1], people[3], Role.MOVEMENT_OFFICER)
        for who in people:
            allowed = {case.id for case in cases if may(who, Act.LIST, relations_of(session, who, case, NOW))}
            assert listed(session, who) == allowed, who.handle


def test_a_case_that_is_closed_is_on_the_list_of_closed_ones_for_whoever_it_is_still_theirs(database: Database) -> None:
    with database.unit_of_work() as session:
        people = [somebody(session, role.value, role, partner="umut") for role in Role]
        case, twice = a_case(session, "counsellor"), a_case(session, "elsewhere")
        put(session, case, people[2], Role.MEDICAL_OFFICER)
        for _ in range(2):
            ask(session, twice, Role.PROTECTION_OFFICER)
        case.closed_at = NOW
        session.flush()
        seen = {who.handle: listed(session, who) for who in people}
        assert case.id in seen["counsellor"] & seen["supervisor"] & seen["operations"]
        assert case.id not in seen["medical_officer"]
        assert seen["protection_officer"] == {twice.id}
