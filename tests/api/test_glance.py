"""A status at a glance says what one step by step says, and nothing to anybody who may not know it by now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from fastapi.security import HTTPAuthorizationCredentials
from sqlalchemy import event
from sqlmodel import Session, select

from api.cli.cast import case_of, people
from api.errors import Problem
from api.routes.reading import History, list_cases
from api.routes.status import Telling
from models.access import Act
from models.base import new_id
from models.case import Case, UnknownCase
from models.database import Database
from models.glass import GlassBreak
from models.queries.glass import LOCKED_AFTER
from models.staff import ApiKey, Staff, issue_key
from models.stage import Role, Stage
from tests.journeys.light import BEGIN, Light
from workflows.advance import advance

HANDLE = "somebody"


class Asked:
    """The status of a case at rest, asked for by somebody of a role that was here before."""

    def __init__(self, database: Database, *roles: Role) -> None:
        self.light, self.database = Light(database), database
        advance(self.light.house, self.light.ref)
        with database.unit_of_work() as session:
            session.add(Staff(handle=HANDLE, roles=[role.value for role in roles]))
            session.add(Staff(handle="another", roles=[Role.COUNSELLOR.value]))
            self.key = issue_key(session, HANDLE, BEGIN)
        self.change(lambda session: set_owner(session, self.light.ref, HANDLE))
        self.telling = Telling(Act.SEE)

    def change(self, work: Callable[[Session], Any]) -> None:
        """Beside the process that is asked."""
        with self.database.unit_of_work() as session:
            work(session)

    def ask(self, key: str | None = None, ref: str | None = None) -> dict[str, Any]:
        """Through the guard of the door."""
        shown = HTTPAuthorizationCredentials(scheme="Bearer", credentials=key or self.key)
        return self.telling(ref or self.light.ref, self.light.house, shown, "en")


def set_owner(session: Session, ref: str, owner: str) -> None:
    """Hand a case on, without a word of it."""
    session.exec(select(Case).where(Case.ref == ref)).one().owner = owner


def somebody(session: Session) -> Staff:
    """Who asks."""
    return session.exec(select(Staff).where(Staff.handle == HANDLE)).one()


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.extend([statement] if statement.startswith(("SELECT", "WITH")) else [])

    engines = {database.engine, database.glancer}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield sent
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.OPERATIONS])
def test_who_was_here_before_is_answered_with_one_query_and_the_same(database: Database, role: Role) -> None:
    asked = Asked(database, role)
    first = asked.ask()
    with counted(database) as sent:
        assert asked.ask() == first
    assert len(sent) == 1
    assert first["stages"]
    assert first["ref"] == asked.light.ref


def left(session: Session) -> None:
    """They have left."""
    somebody(session).active = False


def revoked(session: Session) -> None:
    """Their key is no longer good."""
    session.exec(select(ApiKey).where(ApiKey.staff_handle == HANDLE)).one().revoked_at = BEGIN


def shut_out(session: Session) -> None:
    """Nobody has looked at glass that they broke."""
    at = BEGIN - LOCKED_AFTER - timedelta(hours=1)
    session.add(GlassBreak(id=new_id(), at=at, handle=HANDLE, case_ref="C-0", category="danger", ends_at=at))


def another_role(session: Session) -> None:
    """They are in another role."""
    somebody(session).roles = [Role.MEDICAL_OFFICER.value]


def of_a_partner(session: Session) -> None:
    """They are of those who come in by another door."""
    somebody(session).roles = [Role.RECEIVING_PARTNER.value]


def handed_on(session: Session) -> None:
    """Somebody else answers for the case."""
    for case in session.exec(select(Case)):
        case.owner = "another"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [(left, Problem), (revoked, Problem), (shut_out, Problem), (another_role, UnknownCase), (of_a_partner, Problem),
     (handed_on, UnknownCase)],
)  # fmt: skip
def test_c3_what_changed_elsewhere_counts_at_once(
    database: Database, change: Callable[[Session], None], refusal: type[Exception]
) -> None:
    asked = Asked(database, Role.COUNSELLOR)
    asked.ask()
    asked.change(change)
    with pytest.raises(refusal):
        asked.ask()


def test_t14_somebody_elses_case_is_none_at_a_glance_too(database: Database) -> None:
    asked = Asked(database, Role.COUNSELLOR)
    asked.ask()
    other = asked.light.begin(case_of(people()[1], 2, BEGIN.date()))
    for ref in (other, "C-0000000000"):
        with pytest.raises(UnknownCase):
            asked.ask(ref=ref)


def test_a_case_that_moved_on_is_decided_anew_and_a_broken_connection_harms_nobody(database: Database) -> None:
    asked = Asked(database, Role.COUNSELLOR)
    first = asked.ask()
    asked.ask()
    key = HTTPAuthorizationCredentials(scheme="Bearer", credentials=asked.key)
    listed = list_cases(asked.light.house, key, is_open=True)
    for again in (asked.ask, partial(list_cases, asked.light.house, key, is_open=True)):
        kept = database.glancer.raw_connection()
        kept.driver_connection.close()  # type: ignore[union-attr]
        kept.close()
        assert again() in (first, listed)
    asked.light.withdraw()
    assert asked.ask()["journey"] == 2


def test_a_list_and_a_time_line_take_as_many_queries_however_much_there_is(database: Database) -> None:
    asked, now = Asked(database, Role.COUNSELLOR), BEGIN
    for number in (2, 3):
        other = asked.light.begin(case_of(people()[number], number, BEGIN.date()))
        asked.change(lambda session, ref=other: set_owner(session, ref, HANDLE))  # type: ignore[misc]
    key = HTTPAuthorizationCredentials(scheme="Bearer", credentials=asked.key)
    with counted(database) as sent:
        first = list_cases(asked.light.house, key, limit=2, is_open=True)
    assert len(sent) == 2
    rest = list_cases(asked.light.house, key, after=first["next"], limit=2, is_open=True)
    assert len({case["ref"] for case in [*first["cases"], *rest["cases"]]}) == 3
    assert rest["next"] is None
    at_health = list_cases(asked.light.house, key, limit=2, is_open=True, stage=Stage.HEALTH, waits_for="airline")
    assert at_health == {"cases": [], "next": None}
    assert not list_cases(asked.light.house, key, limit=2, is_open=False)["cases"]
    with counted(database) as sent:
        events = History(Act.SEE)(asked.light.ref, asked.light.house, key)
    assert len(sent) == 4
    assert [event["number"] for event in events] == list(range(1, len(events) + 1))
    assert events[0]["at"] == now
