"""S12, C5: class 3 is read only with a live relation, and after the reading was committed."""

import pytest
from sqlmodel import select

from models.access import Field
from models.case import Case
from models.database import Database
from models.event import Event, verify
from models.glass import ClassThreeRead
from models.queries.access import Denied
from models.queries.class_three import readers_of, reads
from models.stage import Role
from tests.workflows.desk import Desk
from workflows.class_three import NotWritten, seen_class3
from workflows.commands import UnknownCase
from workflows.commands.assignment import assign

NOTES = ("health_clearances.notes",)


@pytest.fixture
def desk(database: Database) -> Desk:
    """An office with one case, and a doctor who works on it."""
    desk = Desk(database)
    assign(desk.house, desk.ref, Role.MEDICAL_OFFICER, "doctor", desk.who("counsellor"))
    return desk


def written(desk: Desk) -> list[ClassThreeRead]:
    """Every reading."""
    with desk.house.database.reading() as session:
        return list(reads(session))


def test_s12_a_reading_is_written_with_who_why_and_what(desk: Desk) -> None:
    seen_class3(desk.house, desk.who("doctor"), desk.ref, NOTES, Field.HEALTH)
    row = written(desk)[0]
    assert (row.by, row.role, row.relation, row.fields) == ("doctor", "medical_officer", "assigned", list(NOTES))
    with desk.house.database.reading() as session:
        event = session.exec(select(Event).where(Event.kind == "class_three.read")).one()
        assert (event.subject, event.by) == (desk.ref, "doctor")
        assert verify(session)[1] == []
        case = session.exec(select(Case).where(Case.ref == desk.ref)).one()
        told = readers_of(session, case)
    assert [(one.role, one.partner, one.fields) for one in told] == [("medical_officer", None, NOTES)]
    assert "doctor" not in repr(told)


@pytest.mark.parametrize(
    ("handle", "about", "error"),
    [("doctor", Field.NARRATIVE, Denied), ("doctor", None, Denied), ("locum", Field.HEALTH, UnknownCase),
     ("desk", Field.HEALTH, Denied), ("ayse", Field.HEALTH, Denied)],
)  # fmt: skip
def test_s12_without_a_relation_that_gives_it_there_is_no_reading(
    desk: Desk, handle: str, about: Field | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        seen_class3(desk.house, desk.who(handle), desk.ref, NOTES, about)
    assert written(desk) == []


def test_reading_wakes_no_case_and_leaves_its_version(desk: Desk) -> None:
    before = desk.case()
    seen_class3(desk.house, desk.who("doctor"), desk.ref, NOTES, Field.HEALTH)
    assert (desk.case().ver, desk.case().due_at) == (before.ver, before.due_at)


def read_only(database: Database) -> None:
    """Nothing can be written into the table of readings any more."""
    with database.engine.begin() as connection:
        if database.engine.dialect.name == "sqlite":
            connection.exec_driver_sql(
                "CREATE TRIGGER sealed BEFORE INSERT ON class_three_reads BEGIN SELECT RAISE(ABORT, 'read-only'); END"
            )
        else:
            connection.exec_driver_sql(
                "CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'read-only'; END $$ LANGUAGE plpgsql"
            )
            connection.exec_driver_sql(
                "CREATE TRIGGER sealed BEFORE INSERT ON class_three_reads EXECUTE FUNCTION refuse()"
            )


def test_c5_what_cannot_be_written_down_is_not_read(desk: Desk) -> None:
    read_only(desk.house.database)
    with pytest.raises(NotWritten):
        seen_class3(desk.house, desk.who("doctor"), desk.ref, NOTES, Field.HEALTH)
    with desk.house.database.reading() as session:
        assert session.exec(select(Event).where(Event.kind == "class_three.read")).all() == []
