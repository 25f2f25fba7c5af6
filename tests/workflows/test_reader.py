"""A reader gives what is written down at the moment it is made, and what its own transaction has written."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from models.case import Case
from models.counselling import TrackChoice
from models.database import Database
from models.stage import Track
from workflows.gather import Reader

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def case(database: Database) -> Case:
    """A case whose row of choices is in the cabinet."""
    with database.unit_of_work() as session:
        made = Case(pathway="p", pathway_version=1, country="GE", area="a", opened_at=NOW, opened_by="x")
        session.add(made)
        session.flush()
        session.add(a_choice(made, Track.RETURN))
    with database.unit_of_work() as session:
        assert chosen(Reader(session, session.get_one(Case, made.id))) == [Track.RETURN]
    return made


def a_choice(case: Case, track: Track) -> TrackChoice:
    """Somebody chose."""
    return TrackChoice(case_id=case.id, journey=1, at=NOW, by="x", track=track)


def chosen(read: Reader) -> list[Track]:
    """What was chosen on this journey."""
    return [row.track for row in read.current(TrackChoice)]


def choose_and_break(database: Database, case: Case) -> None:
    """A choice that is never committed. Raises RuntimeError."""
    with database.unit_of_work() as session:
        session.add(a_choice(session.get_one(Case, case.id), Track.NONE))
        session.flush()
        raise RuntimeError


def test_a_reader_made_after_a_change_of_its_own_transaction_sees_it(database: Database, case: Case) -> None:
    with database.unit_of_work() as session:
        held = session.get_one(Case, case.id)
        assert chosen(Reader(session, held)) == [Track.RETURN]
        session.add(a_choice(held, Track.NONE))
        read = Reader(session, held)
        assert chosen(read) == [Track.RETURN, Track.NONE]
        session.add(a_choice(held, Track.IN_PLACE))
        assert chosen(read) == [Track.RETURN, Track.NONE, Track.IN_PLACE]


def test_a_change_that_was_taken_back_is_seen_by_no_reader(database: Database, case: Case) -> None:
    with pytest.raises(RuntimeError):
        choose_and_break(database, case)
    with database.reading() as session:
        assert chosen(Reader(session, session.get_one(Case, case.id))) == [Track.RETURN]


def test_a_change_by_another_process_is_seen_by_the_next_reader(database: Database, case: Case) -> None:
    other = Database(database.url, database.keyring)
    with other.unit_of_work() as session:
        session.add(a_choice(session.get_one(Case, case.id), Track.NONE))
    other.close()
    for reads in (database.reading, database.unit_of_work):
        with reads() as session:
            assert chosen(Reader(session, session.get_one(Case, case.id))) == [Track.RETURN, Track.NONE]


def test_a_lease_alone_is_written_once_at_the_end(database: Database, case: Case) -> None:
    written: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, text, *_: written.append(text))
    with database.unit_of_work() as session:
        held = session.get_one(Case, case.id)
        held.lease = "me"
        read = Reader(session, held)
        with read.undisturbed():
            assert chosen(read) == [Track.RETURN]
            session.get(TrackChoice, case.id)
        held.lease = None
    assert [text for text in written if text.startswith("UPDATE")] == []
