"""The status of a case is told from what was noted while that holds, and says the same as what is decided anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event
from sqlmodel import select

from api import status
from models.base import new_id
from models.case import Case
from models.country import PlaceHold
from models.database import Database
from tests.api.statuses import both_ways
from tests.journeys.light import BEGIN, Light
from workflows.advance import advance


def is_noted(light: Light) -> bool:
    """Whether the status is told from the notes; if so, it says the same."""
    kept, fresh = both_ways(light.house, light.ref)
    assert kept in (None, fresh)
    return kept is not None


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.extend([statement] if statement.startswith("SELECT") else [])

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def test_a_case_at_rest_is_told_from_its_notes_until_something_is_said_or_a_limit_passes(database: Database) -> None:
    light = Light(database)
    assert not is_noted(light)  # nobody has looked at it
    advance(light.house, light.ref)
    assert is_noted(light)
    with counted(database) as sent:
        status.status_of(light.house, light.ref, "tr")
    assert len(sent) == 2
    light.withdraw()
    assert not is_noted(light)
    advance(light.house, light.ref)
    assert is_noted(light)
    due = light.case().due_at
    assert due is not None
    light.later(due - BEGIN - timedelta(seconds=1))
    assert is_noted(light)
    light.later(timedelta(seconds=1))
    assert not is_noted(light)


def test_a_case_that_somebody_is_at_or_whose_country_is_being_turned_is_decided_anew(database: Database) -> None:
    light = Light(database)
    advance(light.house, light.ref)
    with database.unit_of_work() as session:
        session.exec(select(Case).where(Case.ref == light.ref)).one().lease = "somebody"
    assert not is_noted(light)
    with database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == light.ref)).one()
        case.lease = None
    assert is_noted(light)
    with database.unit_of_work() as session:
        said = {"country": case.country, "by": "s", "source": "a", "reason": "conflict"}
        session.add(PlaceHold(id=new_id(), at=BEGIN, **said))
    assert not is_noted(light)
