"""What is kept for a while only, goes; what is still good, stays."""

from datetime import timedelta

from sqlmodel import select

from models.database import Database
from models.enrolment import Enrolment, invite
from models.kept_form import KeptForm, keep
from models.sign_in import Outcome, SignIn, note
from models.signed_in import SignedIn, begin, end_all
from tests.workflows.accounts import NOW
from workflows.house import House, World, WorldSettings
from workflows.tidying import tidy


def test_asvs_14_2_7_what_is_past_its_time_goes_at_night(database: Database) -> None:
    house = House(database, database.clock(demo=False), World(WorldSettings()))
    with database.unit_of_work() as session:
        begin(session, "ended", NOW)
        session.flush()
        end_all(session, "ended", NOW)
        begin(session, "left", NOW)
        invite(session, "ayse", "admin", NOW)
        keep(session, "ayse", "/x", [("story", "typed")], NOW)
        note(session, "ayse", Outcome.SIGNED_IN, "n", NOW)

    def left() -> list[int]:
        with database.reading() as session:
            return [len(session.exec(select(kind)).all()) for kind in (SignedIn, Enrolment, KeptForm, SignIn)]

    for days, numbers in ((0, [2, 1, 1, 1]), (1, [2, 1, 0, 1]), (30, [1, 1, 0, 1]), (33, [0, 0, 0, 1]), (730, [0] * 4)):
        tidy(house, NOW + timedelta(days=days))
        assert left() == numbers, days
