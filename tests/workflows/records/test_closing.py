"""Closing: reasons, checklists, four eyes, how long the file is kept, holds, erasure, and opening again."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from models.closure import Closure, Erasure, Retention
from models.consent import Consent
from models.database import Database
from models.event import Event, verify
from models.person import Person, UnsafeAddress
from models.staff import Staff
from models.stage import Role, Stage, Track
from models.travel_document import TravelDocument
from models.vault import PersonKey, Unreadable
from tests.journeys.light import Light
from workflows import commands, erasure
from workflows.episodes import reopen
from workflows.gates.closure import reason_row
from workflows.inputs.closure import ReopenIn
from workflows.pathways import CURRENT, rules_of
from workflows.standing import Asking

DONE = {row: list(found.checklist) for row in ("deceased", "stays") if (found := reason_row(rules_of(*CURRENT), row))}
COUNSELLOR = Staff(handle="counsellor", roles=["counsellor"])


@pytest.fixture
def dead(database: Database) -> Light:
    """Somebody who died, and everything that follows was done: ready to be closed."""
    case = Light(database)
    case.push()
    case.say("deceased", {"person": str(case.people()[0].id)})
    for task, role in (
        ("duty_officer_informed", Role.SUPERVISOR),
        ("family_notice", Role.PROTECTION_OFFICER),
        ("consular_notice", Role.SUPERVISOR),
    ):
        case.say(task, {"about": "1"}, role)
    case.push()
    return case


def refused(case: Light, kind: str, body: dict[str, Any], role: Role, by: str | None = None) -> commands.Refused:
    """A refusal."""
    with pytest.raises(commands.Refused) as refusal:
        case.say(kind, body, role, by)
    return refusal.value


def close(case: Light) -> None:
    """By two people."""
    case.say("closure", {"reason": "deceased", "checklist": DONE["deceased"]})
    case.say("closure_review", {"about": the_closure(case), "agreed": True}, Role.SUPERVISOR)


def the_closure(case: Light) -> str:
    """The newest decision."""
    with case.house.database.reading() as session:
        return str(session.exec(select(Closure.id).order_by(col(Closure.at).desc(), col(Closure.id).desc())).first())


def test_a_death_is_closed_as_one(dead: Light) -> None:
    refusal = refused(dead, "closure", {"reason": "completed", "checklist": []}, Role.COUNSELLOR)
    assert (refusal.code, "deceased" in refusal.remedy) == ("no_such_reason", True)


def test_the_checklist_is_gone_through(dead: Light) -> None:
    refusal = refused(dead, "closure", {"reason": "deceased", "checklist": ["file_complete"]}, Role.COUNSELLOR)
    assert refusal.code == "checklist"
    assert "contact_stopped" in refusal.remedy


def test_a_second_person_agrees_and_not_the_same(dead: Light) -> None:
    dead.say("closure", {"reason": "deceased", "checklist": DONE["deceased"]}, Role.SUPERVISOR)
    assert dead.case().closed_at is None
    standing = dead.stands(Stage.CLOSURE)
    assert isinstance(standing, Asking)
    assert standing.question == "closure_review"
    body = {"about": the_closure(dead), "agreed": True}
    assert refused(dead, "closure_review", body, Role.SUPERVISOR).code == "four_eyes"
    dead.say("closure_review", body, Role.SUPERVISOR, "another")
    assert (dead.case().outcome, dead.case().closed_at) == ("deceased", dead.house.clock.now())


def test_a_no_sends_it_back(dead: Light) -> None:
    dead.say("closure", {"reason": "deceased", "checklist": DONE["deceased"]})
    dead.say("closure_review", {"about": the_closure(dead), "agreed": False}, Role.SUPERVISOR)
    assert dead.case().closed_at is None
    assert getattr(dead.stands(Stage.CLOSURE), "question", "") == "closure"


def test_nothing_is_closed_over_an_open_task(database: Database) -> None:
    case = Light(database)
    case.push()
    case.say("deceased", {"person": str(case.people()[0].id)})
    assert refused(case, "closure", {"reason": "deceased", "checklist": DONE["deceased"]}, Role.COUNSELLOR).code == (
        "not_asked"
    )


def test_the_file_is_kept_until_a_day_and_then_erased(dead: Light) -> None:
    close(dead)
    with dead.house.database.reading() as session:
        kept = session.exec(select(Retention)).one()
    assert (kept.kept_as, kept.erase_on) == ("unsuccessful", date(2028, 3, 2))
    dead.later(timedelta(days=730))
    assert erasure.erase_due(dead.house, "console") == []
    dead.later(timedelta(days=1))
    assert erasure.erase_due(dead.house, "console") == [dead.ref]
    assert erasure.erase_due(dead.house, "console") == []


def test_s21_after_the_erasure_no_field_opens_and_the_chain_holds(dead: Light) -> None:
    close(dead)
    dead.later(timedelta(days=731))
    erasure.erase_one(dead.house, dead.ref, "console")
    with dead.house.database.unit_of_work() as session:
        person = session.exec(select(Person)).first()
        assert person is not None
        assert person.identity_index == ""
        with pytest.raises(Unreadable):
            session.info["vault"].open(person, "given_names")
        assert session.exec(select(Erasure.basis)).all() == ["retention"]
        assert "case.erased" in session.exec(select(Event.kind)).all()
        assert verify(session)[1] == []


def test_f45_a_restored_backup_is_erased_again(dead: Light) -> None:
    close(dead)
    with dead.house.database.reading() as session:
        backup = [key.model_dump() for key in session.exec(select(PersonKey)).all()]
    dead.later(timedelta(days=731))
    erasure.erase_one(dead.house, dead.ref, "console")
    with dead.house.database.unit_of_work() as session:
        left = set(session.exec(select(PersonKey.person_id)).all())
        gone = [key for key in backup if key["person_id"] not in left]
        session.add_all(PersonKey(**key) for key in gone)
    assert erasure.erase_again(dead.house) == len(gone) == 1
    assert erasure.erase_again(dead.house) == 0


def test_a_legal_hold_keeps_the_file(dead: Light) -> None:
    close(dead)
    erasure.hold(dead.house, dead.ref, "prosecution", "supervisor")
    dead.later(timedelta(days=4000))
    assert erasure.erase_due(dead.house, "console") == []
    with pytest.raises(commands.Refused, match="legal hold"):
        erasure.erase_one(dead.house, dead.ref, "console")
    assert erasure.lift(dead.house, dead.ref, "supervisor") == 1
    assert erasure.erase_due(dead.house, "console") == [dead.ref]


def test_an_open_case_and_one_whose_day_has_not_come_are_not_erased(dead: Light) -> None:
    with pytest.raises(commands.Refused, match="open"):
        erasure.erase_one(dead.house, dead.ref, "console")
    close(dead)
    with pytest.raises(commands.Refused, match="not over"):
        erasure.erase_one(dead.house, dead.ref, "console")


def test_nobody_opens_the_case_of_the_dead_again(dead: Light) -> None:
    close(dead)
    with pytest.raises(commands.Refused) as refusal:
        reopen(dead.house, dead.ref, ReopenIn(reason="person_called"), COUNSELLOR)
    assert refusal.value.code == "deceased"


@pytest.fixture
def ended(database: Database) -> Light:
    """A case that was closed."""
    case = Light(database)
    case.push()
    with case.house.database.unit_of_work() as session:
        row = session.merge(case.case())
        row.closed_at, row.outcome, row.due_at = case.house.clock.now(), "unreachable", None
        row.track, row.ver = Track.RETURN, row.ver + 1
        day = date(2028, 3, 2)
        session.add(Retention(case_id=row.id, at=row.closed_at, by="x", kept_as="unsuccessful", erase_on=day))
    return case


def test_a_person_who_calls_gets_a_new_episode(ended: Light) -> None:
    old = ended.case()
    old_names = names(ended)
    ended.ref = reopen(ended.house, ended.ref, ReopenIn(reason="person_called"), COUNSELLOR)
    new = ended.case()
    assert (new.episode, new.previous_id, new.journey, new.track) == (2, old.id, 1, Track.UNDECIDED)
    assert names(ended) == old_names
    standing = ended.stands(Stage.INTAKE)
    assert isinstance(standing, Asking)
    with ended.house.database.reading() as session:
        assert session.exec(select(Consent).where(Consent.case_id == new.id)).all() == []
        papers = session.exec(select(TravelDocument).where(TravelDocument.case_id == new.id)).all()
        assert [session.info["vault"].open(paper, "number") is not None for paper in papers] == [True]
    assert ended.facts().risk is None
    assert not ended.facts().data_consent


def names(case: Light) -> list[str]:
    """The names of everybody in the case as it is now."""
    with case.house.database.reading() as session:
        people = session.exec(select(Person).where(Person.case_id == case.case().id)).all()
        return sorted(session.info["vault"].open(person, "given_names") for person in people)


def test_it_is_opened_again_once_and_only_when_closed(ended: Light) -> None:
    first = ended.ref
    ended.ref = reopen(ended.house, first, ReopenIn(reason="person_called"), COUNSELLOR)
    for ref, code in ((first, "reopened"), (ended.ref, "still_open")):
        with pytest.raises(commands.Refused) as refusal:
            reopen(ended.house, ref, ReopenIn(reason="other"), COUNSELLOR)
        assert refusal.value.code == code


def test_what_was_unsafe_stays_unsafe_and_another_open_case_is_in_the_way(ended: Light) -> None:
    with ended.house.database.unit_of_work() as session:
        person = session.exec(select(Person).where(Person.case_id == ended.case().id)).one()
        known = {"case_id": person.case_id, "at": ended.house.clock.now(), "by": "counsellor", "journey": 1}
        row = UnsafeAddress(**known, person_id=person.id, address_index="f" * 32)
        session.info["vault"].seal(row, address="+905550009999")
        session.add(row)
    first = ended.ref
    ended.ref = reopen(ended.house, first, ReopenIn(reason="person_called"), COUNSELLOR)
    with ended.house.database.unit_of_work() as session:
        kept = session.exec(select(UnsafeAddress).where(UnsafeAddress.case_id == ended.case().id)).one()
        assert session.info["vault"].open(kept, "address") == "+905550009999"
        session.merge(ended.case()).previous_id = None  # as if it had been opened without looking
    with pytest.raises(commands.Refused) as refusal:
        reopen(ended.house, first, ReopenIn(reason="person_called"), COUNSELLOR)
    assert refusal.value.code == "second_case"


def test_the_first_file_is_kept_while_the_second_is_open_and_as_long(ended: Light) -> None:
    first = ended.ref
    ended.ref = reopen(ended.house, first, ReopenIn(reason="person_called"), COUNSELLOR)
    ended.later(timedelta(days=1000))
    assert erasure.erase_due(ended.house, "console") == []
    ended.push()
    ended.say("deceased", {"person": str(people_of(ended)[0])})
    for task, role in (
        ("duty_officer_informed", Role.SUPERVISOR),
        ("family_notice", Role.PROTECTION_OFFICER),
        ("consular_notice", Role.SUPERVISOR),
    ):
        ended.say(task, {"about": "1"}, role)
    close(ended)
    assert erasure.erase_due(ended.house, "console") == []
    ended.later(timedelta(days=731))
    assert sorted(erasure.erase_due(ended.house, "console")) == sorted([first, ended.ref])


def people_of(case: Light) -> list[Any]:
    """The ids of everybody in the case as it is now."""
    with case.house.database.reading() as session:
        return list(session.exec(select(Person.id).where(Person.case_id == case.case().id)).all())


def test_an_erased_file_is_not_opened_again(ended: Light) -> None:
    ended.later(timedelta(days=800))
    erasure.erase_one(ended.house, ended.ref, "console")
    with pytest.raises(commands.Refused) as refusal:
        reopen(ended.house, ended.ref, ReopenIn(reason="other"), COUNSELLOR)
    assert refusal.value.code == "erased"


def test_a_role_that_does_not_know_people_opens_nothing(ended: Light) -> None:
    with pytest.raises(commands.NotAllowed):
        reopen(ended.house, ended.ref, ReopenIn(reason="other"), Staff(handle="m", roles=["monitoring"]))
