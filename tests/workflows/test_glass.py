"""C4: break-glass, for a reason, for an hour, to read only, and always under a second person's eyes."""

from datetime import timedelta
from uuid import UUID

import pytest

from models.access import Field, Relation
from models.database import Database, vault_of
from models.event import verify
from models.glass import GlassBreak
from models.queries.access import Denied
from models.queries.class_three import reads
from models.queries.glass import alerts_for, is_locked, to_review
from models.stage import Role
from tests.workflows.desk import Desk
from workflows.class_three import seen_class3
from workflows.commands import NotAllowed, Refused, UnknownCase, Wrong
from workflows.commands.assignment import assign
from workflows.glass import break_glass, review

WHY = "Her sister calls from the airport and she is in danger."


@pytest.fixture
def desk(database: Database) -> Desk:
    """An office with one case, which is not Ömer's."""
    return Desk(database)


def broken(desk: Desk, handle: str = "omer", category: str = "life_at_risk", why: str = WHY) -> UUID:
    """Somebody breaks the glass."""
    return break_glass(desk.house, desk.ref, category, why, desk.who(handle), fresh=True).id


def test_c4_it_reads_for_an_hour_and_each_reading_is_written(desk: Desk) -> None:
    broken(desk)
    assert desk.ties("omer") == {Relation.BROKEN_GLASS}
    desk.later(timedelta(minutes=59))
    seen_class3(desk.house, desk.who("omer"), desk.ref, ["persons.address"], Field.LOCATION)
    with desk.house.database.reading() as session:
        assert [(row.by, row.relation) for row in reads(session)] == [("omer", "broken_glass")]
    desk.later(timedelta(minutes=1))
    assert desk.ties("omer") == set()
    with pytest.raises(UnknownCase):
        seen_class3(desk.house, desk.who("omer"), desk.ref, ["persons.address"], Field.LOCATION)


def test_c4_it_opens_no_gate_and_changes_nothing(desk: Desk) -> None:
    before = desk.case()
    broken(desk)
    assert (desk.case().ver, desk.case().due_at) == (before.ver, before.due_at)
    with pytest.raises(Denied):
        assign(desk.house, desk.ref, Role.COUNSELLOR, "omer", desk.who("omer"))


@pytest.mark.parametrize(
    ("category", "why", "fresh", "error"),
    [("life_at_risk", "too short", True, Wrong), ("life_at_risk", "x" * 19 + "   ", True, Wrong),
     ("curious", WHY, True, Wrong), ("life_at_risk", WHY, False, NotAllowed)],
)  # fmt: skip
def test_c4_without_reason_category_or_second_factor_there_is_none(
    desk: Desk, category: str, why: str, fresh: bool, error: type[Exception]
) -> None:
    with pytest.raises(error):
        break_glass(desk.house, desk.ref, category, why, desk.who("omer"), fresh=fresh)
    assert desk.ties("omer") == set()


@pytest.mark.parametrize(("handle", "error"), [("desk", Denied), ("auditor", Denied), ("counsellor", Refused)])
def test_c4_it_is_not_for_those_who_read_no_names_nor_for_those_who_see_the_case(
    desk: Desk, handle: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        broken(desk, handle)


def test_c4_an_unknown_case_is_unknown(desk: Desk) -> None:
    with pytest.raises(UnknownCase):
        break_glass(desk.house, "C-0000000000", "other", WHY, desk.who("omer"), fresh=True)


def test_c4_supervisor_and_protection_are_told_at_once(desk: Desk) -> None:
    glass = broken(desk)
    with desk.house.database.reading() as session:
        told = {who: [one.about for one in alerts_for(session, desk.who(who))] for who in ("can", "ayse", "zeynep")}
    assert told == {"can": [glass], "ayse": [], "zeynep": [glass]}


def test_c4_somebody_else_reviews_it_once(desk: Desk) -> None:
    glass = broken(desk, "can")
    with pytest.raises(NotAllowed):
        review(desk.house, glass, True, "it was right", desk.who("can"))
    with pytest.raises(NotAllowed):
        review(desk.house, glass, True, "it was right", desk.who("omer"))
    review(desk.house, glass, True, "it was right", desk.who("zeynep"))
    with pytest.raises(Refused):
        review(desk.house, glass, False, "no", desk.who("ayse"))
    with desk.house.database.reading() as session:
        assert to_review(session, desk.who("ayse")) == []
        assert alerts_for(session, desk.who("zeynep")) == []
        assert vault_of(session).open(session.get_one(GlassBreak, glass), "review") == "it was right"
        assert verify(session)[1] == []


def test_c4_what_was_not_justified_ends_at_once(desk: Desk) -> None:
    review(desk.house, broken(desk), False, "there was no call", desk.who("ayse"))
    assert desk.ties("omer") == set()


def test_c4_unreviewed_for_three_days_locks_until_it_is_reviewed(desk: Desk) -> None:
    glass = broken(desk)

    def locked() -> bool:
        with desk.house.database.reading() as session:
            return is_locked(session, "omer", desk.house.clock.now())

    desk.later(timedelta(hours=72) - timedelta(seconds=1))
    assert not locked()
    desk.later(timedelta(seconds=1))
    assert locked()
    with pytest.raises(NotAllowed):
        broken(desk)
    review(desk.house, glass, True, "it was right", desk.who("zeynep"))
    assert not locked()
