"""Who works on a case: taken, given and handed on, and closed to whoever it was taken from at that instant."""

import pytest
from sqlmodel import select

from models.access import Relation
from models.database import Database
from models.event import Event, verify
from models.queries.access import Denied
from models.stage import Role
from tests.workflows.desk import Desk
from workflows.commands import Refused, UnknownCase, Wrong
from workflows.commands.assignment import assign, release, take
from workflows.leaving import leave


@pytest.fixture
def desk(database: Database) -> Desk:
    """An office with one case."""
    return Desk(database)


def test_whoever_is_asked_takes_the_case_and_no_colleague_after_them(desk: Desk) -> None:
    with pytest.raises(UnknownCase):
        take(desk.house, desk.ref, Role.MEDICAL_OFFICER, desk.who("doctor"))
    desk.ask(Role.MEDICAL_OFFICER)
    take(desk.house, desk.ref, Role.MEDICAL_OFFICER, desk.who("doctor"))
    assert desk.ties("doctor") >= {Relation.ASSIGNED}
    with pytest.raises(UnknownCase):
        take(desk.house, desk.ref, Role.MEDICAL_OFFICER, desk.who("locum"))
    with pytest.raises(Refused):
        take(desk.house, desk.ref, Role.MEDICAL_OFFICER, desk.who("doctor"))


def test_nobody_takes_a_case_in_a_role_that_is_not_theirs(desk: Desk) -> None:
    desk.ask(Role.MEDICAL_OFFICER)
    with pytest.raises(UnknownCase):
        take(desk.house, desk.ref, Role.MEDICAL_OFFICER, desk.who("zeynep"))
    with pytest.raises(UnknownCase):
        take(desk.house, desk.ref, Role.COUNSELLOR, desk.who("doctor"))


def test_c3_given_to_another_the_first_is_refused_at_once(desk: Desk) -> None:
    assign(desk.house, desk.ref, Role.MEDICAL_OFFICER, "doctor", desk.who("counsellor"))
    assert desk.ties("doctor") == {Relation.ASSIGNED}
    assign(desk.house, desk.ref, Role.MEDICAL_OFFICER, "locum", desk.who("ayse"))
    assert (desk.ties("doctor"), desk.ties("locum")) == (set(), {Relation.ASSIGNED})
    assign(desk.house, desk.ref, Role.MEDICAL_OFFICER, "doctor", desk.who("ayse"), beside=True)
    assert desk.ties("doctor") == desk.ties("locum") == {Relation.ASSIGNED}


def test_c3_a_case_handed_on_is_closed_to_whoever_had_it(desk: Desk) -> None:
    assign(desk.house, desk.ref, Role.COUNSELLOR, "omer", desk.who("counsellor"))
    assert (desk.ties("counsellor"), desk.ties("omer")) == (set(), {Relation.OWNER})
    assert (desk.ties("ayse"), desk.ties("can")) == (set(), {Relation.SUPERVISES})
    assert desk.case().responsible == "omer"


@pytest.mark.parametrize(("handle", "error"), [("omer", UnknownCase), ("doctor", UnknownCase), ("desk", Denied)])
def test_who_may_not_assign_is_refused(desk: Desk, handle: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        assign(desk.house, desk.ref, Role.MEDICAL_OFFICER, "locum", desk.who(handle))


@pytest.mark.parametrize(
    ("role", "handle"),
    [(Role.MEDICAL_OFFICER, "omer"), (Role.MEDICAL_OFFICER, "nobody"), (Role.COUNSELLOR, "doctor"),
     (Role.AUDITOR, "auditor")],
)  # fmt: skip
def test_only_a_colleague_in_the_role_can_be_named(desk: Desk, role: Role, handle: str) -> None:
    with pytest.raises(Wrong):
        assign(desk.house, desk.ref, role, handle, desk.who("ayse"))


def test_a_specialist_gives_a_case_back(desk: Desk) -> None:
    assign(desk.house, desk.ref, Role.MEDICAL_OFFICER, "doctor", desk.who("counsellor"))
    release(desk.house, desk.ref, Role.MEDICAL_OFFICER, "doctor", desk.who("doctor"))
    assert desk.ties("doctor") == set()
    with pytest.raises(Refused):
        release(desk.house, desk.ref, Role.MEDICAL_OFFICER, "doctor", desk.who("counsellor"))


def test_f35_whoever_leaves_works_on_no_case_and_supervises_nobody(desk: Desk) -> None:
    desk.ask(Role.MEDICAL_OFFICER)
    take(desk.house, desk.ref, Role.MEDICAL_OFFICER, desk.who("doctor"))
    for handle in ("doctor", "ayse"):
        with desk.house.database.unit_of_work() as session:
            leave(session, session.merge(desk.who(handle)), "console", desk.house.clock.now())
    assert desk.ties("locum") == {Relation.ASKED}
    assert desk.ties("can") == {Relation.SUPERVISES}


def test_s11_each_turn_stands_on_the_time_line(desk: Desk) -> None:
    desk.ask(Role.MEDICAL_OFFICER)
    take(desk.house, desk.ref, Role.MEDICAL_OFFICER, desk.who("doctor"))
    assign(desk.house, desk.ref, Role.MEDICAL_OFFICER, "locum", desk.who("ayse"))
    assign(desk.house, desk.ref, Role.COUNSELLOR, "omer", desk.who("ayse"))
    with desk.house.database.reading() as session:
        rows = session.exec(select(Event).where(Event.subject == desk.ref).order_by(Event.number)).all()  # type: ignore[arg-type]
        kinds = [(row.kind, row.by) for row in rows if row.kind.split(".")[1] in ("assigned", "released", "handed_on")]
        assert verify(session)[1] == []
    assert kinds == [
        ("case.assigned", "doctor"), ("case.released", "ayse"), ("case.assigned", "ayse"), ("case.handed_on", "ayse"),
    ]  # fmt: skip


def test_nobody_is_assigned_to_a_closed_case(desk: Desk) -> None:
    with desk.house.database.unit_of_work() as session:
        desk.of(session).closed_at = desk.house.clock.now()
    with pytest.raises(Refused):
        assign(desk.house, desk.ref, Role.MEDICAL_OFFICER, "doctor", desk.who("counsellor"))
