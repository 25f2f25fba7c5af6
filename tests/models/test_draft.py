"""What is put aside is one form a page, sealed, and gone after a week."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from models.clock import FixedClock
from models.database import Database
from models.draft import DRAFT_FOR, Draft, drafts_of, put_aside, taken_up, thrown_away
from models.kept_form import KeptForm, keep
from workflows.house import House, World, WorldSettings
from workflows.nightly import sweep

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PATH = "/cases/C-0123456789/record/screening"


def test_the_newest_stands_in_place_of_the_older_and_is_its_writers_alone(database: Database) -> None:
    with database.unit_of_work() as session:
        put_aside(session, "ayse", PATH, {"result": ["none"]}, NOW)
        put_aside(session, "ayse", PATH, {"result": ["possible"], "indicators": ["debt", "unpaid"]}, NOW)
    with database.reading() as session:
        assert taken_up(session, "ayse", PATH, NOW) == ({"result": ["possible"], "indicators": ["debt", "unpaid"]}, NOW)
        assert taken_up(session, "mehmet", PATH, NOW) is None
        assert drafts_of(session, "ayse", NOW) == [(PATH, NOW)]
        assert b"possible" not in (session.exec(select(Draft)).one().fields or b"")
    with database.unit_of_work() as session:
        thrown_away(session, "mehmet", PATH)
        assert taken_up(session, "ayse", PATH, NOW) is not None
        thrown_away(session, "ayse", PATH)
        assert taken_up(session, "ayse", PATH, NOW) is None


def test_s21_what_nobody_came_back_for_is_gone_after_a_night(database: Database) -> None:
    with database.unit_of_work() as session:
        put_aside(session, "ayse", PATH, {"reasons": ["a story"]}, NOW)
        keep(session, "ayse", PATH, [("reasons", "a story")], NOW)
    clock = FixedClock(NOW + DRAFT_FOR - timedelta(seconds=1))
    house = House(database, clock, World(WorldSettings()))
    sweep(house)
    with database.reading() as session:
        assert (len(session.exec(select(Draft)).all()), len(session.exec(select(KeptForm)).all())) == (1, 0)
    clock.at = NOW + DRAFT_FOR
    sweep(house)
    with database.reading() as session:
        assert session.exec(select(Draft)).all() == []
