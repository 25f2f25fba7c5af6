"""Rows read a moment ago are not read again, and every change of a case's rows counts its version up."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from models.cabinet import rows_of
from models.case import Case
from models.counselling import TrackChoice
from models.database import Database
from models.departure import Arrival
from models.reading import thawed
from models.stage import Track

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def a_case(database: Database) -> Case:
    """A case with one choice."""
    with database.unit_of_work() as session:
        case = Case(pathway="p", pathway_version=1, country="GE", area="a", opened_at=NOW, opened_by="x")
        session.add(case)
        session.flush()
        session.add(a_choice(case, Track.RETURN))
    return case


def a_choice(case: Case, track: Track) -> TrackChoice:
    """Somebody chose."""
    return TrackChoice(case_id=case.id, journey=1, at=NOW, by="x", track=track)


def chosen(session: Session, case: Case) -> set[Track]:
    """What was chosen, as the cabinet or the database tells."""
    return {row.track for row in rows_of(session, session.get_one(Case, case.id), TrackChoice)}


def queries(database: Database, said: list[str], begins: str = "SELECT track_choices") -> None:
    """Note every query on choices, or on something else."""

    def note(_c: object, _k: object, text: str, *_: object) -> None:
        if text.startswith(begins):
            said.append(text)

    event.listen(database.engine, "before_cursor_execute", note)


def test_what_was_read_is_not_read_again_until_it_changes(database: Database) -> None:
    case, said = a_case(database), list[str]()
    queries(database, said)
    for _ in range(3):
        with database.unit_of_work() as session:
            assert chosen(session, case) == {Track.RETURN}
    assert len(said) == 1
    with database.unit_of_work() as session:
        session.add(a_choice(case, Track.IN_PLACE))
    with database.unit_of_work() as session:
        assert chosen(session, case) == {Track.RETURN, Track.IN_PLACE}
    assert len(said) == 2


def test_s17_a_change_counts_the_version_up_though_nobody_said_so(database: Database) -> None:
    case = a_case(database)
    with database.unit_of_work() as session:
        before = session.get_one(Case, case.id).ver
    with database.unit_of_work() as session:  # the case itself is not even read here
        session.add(a_choice(case, Track.IN_PLACE))
    with database.unit_of_work() as session:
        assert session.get_one(Case, case.id).ver == before + 1


def test_a_change_by_another_process_is_seen(database: Database) -> None:
    case, other = a_case(database), Database(database.url, database.keyring)
    with database.unit_of_work() as session:
        assert chosen(session, case) == {Track.RETURN}
    with other.unit_of_work() as session:
        session.add(a_choice(case, Track.NONE))
    other.close()
    with database.reading() as session:
        assert chosen(session, case) == {Track.RETURN, Track.NONE}


def test_what_is_not_committed_is_seen_by_its_own_transaction_only(database: Database) -> None:
    case = a_case(database)
    with database.unit_of_work() as session:
        assert chosen(session, case) == {Track.RETURN}
    with pytest.raises(RuntimeError):
        choose_and_break(database, case)
    with database.unit_of_work() as session:
        assert chosen(session, case) == {Track.RETURN}


def choose_and_break(database: Database, case: Case) -> None:
    """A choice that is never committed. Raises RuntimeError."""
    with database.unit_of_work() as session:
        session.add(a_choice(case, Track.NONE))
        assert chosen(session, case) == {Track.RETURN, Track.NONE}
        raise RuntimeError


def test_a_row_of_the_cabinet_cannot_be_changed(database: Database) -> None:
    case = a_case(database)
    with database.unit_of_work() as session:
        row = rows_of(session, session.get_one(Case, case.id), TrackChoice)[0]
        with pytest.raises((AttributeError, ValueError)):
            row.track = Track.NONE
        assert session.exec(select(TrackChoice.track)).one() is Track.RETURN


def test_only_what_was_written_is_read_again(database: Database) -> None:
    case, said = a_case(database), list[str]()
    with database.unit_of_work() as session:
        assert chosen(session, case) == {Track.RETURN}
    queries(database, said)
    with database.unit_of_work() as session:
        held = session.get_one(Case, case.id)
        session.exec(select(TrackChoice)).one().track = Track.IN_PLACE
        session.add(a_choice(held, Track.NONE))
        assert chosen(session, case) == {Track.IN_PLACE, Track.NONE}
    with database.unit_of_work() as session:
        assert chosen(session, case) == {Track.IN_PLACE, Track.NONE}
    assert ["id IN" in text for text in said] == [False, True, True]


def test_a_row_that_is_gone_is_gone_from_the_cabinet(database: Database) -> None:
    case = a_case(database)
    with database.unit_of_work() as session:
        assert chosen(session, case) == {Track.RETURN}
        session.delete(session.exec(select(TrackChoice)).one())
        assert chosen(session, case) == set()
    with database.unit_of_work() as session:
        assert chosen(session, case) == set()


def test_a_row_that_moves_to_another_case_leaves_the_one_before(database: Database) -> None:
    case, other = a_case(database), a_case(database)
    with database.unit_of_work() as session:
        assert chosen(session, case) == chosen(session, other) == {Track.RETURN}
        session.exec(select(TrackChoice).where(TrackChoice.case_id == case.id)).one().case_id = other.id
    with database.unit_of_work() as session:
        assert chosen(session, case) == set()
        assert len(rows_of(session, session.get_one(Case, other.id), TrackChoice)) == 2


def test_what_was_written_here_is_no_shortcut_past_another_process(database: Database) -> None:
    case, other = a_case(database), Database(database.url, database.keyring)
    with database.unit_of_work() as session:
        assert chosen(session, case) == {Track.RETURN}
    with database.unit_of_work() as session:
        session.add(a_choice(case, Track.IN_PLACE))
    with other.unit_of_work() as session:
        session.add(a_choice(case, Track.NONE))
    other.close()
    with database.unit_of_work() as session:
        session.add(a_choice(case, Track.UNDECIDED))
        assert chosen(session, case) == set(Track)


def test_a_kind_without_rows_is_not_asked_for_until_it_has_some(database: Database) -> None:
    case, said = a_case(database), list[str]()
    queries(database, said, "SELECT arrivals")
    for reads in (database.reading, database.unit_of_work):
        with reads() as session:
            assert rows_of(session, session.get_one(Case, case.id), Arrival) == ()
    assert said == []
    with database.unit_of_work() as session:
        session.add(Arrival(case_id=case.id, journey=1, at=NOW, by="x", arrived_at=NOW, met=True, source="partner"))
        assert len(rows_of(session, session.get_one(Case, case.id), Arrival)) == 1
    for reads in (database.reading, database.unit_of_work):
        with reads() as session:
            assert len(rows_of(session, session.get_one(Case, case.id), Arrival)) == 1


def test_s17_a_row_is_changed_without_being_read_again(database: Database) -> None:
    case, said = a_case(database), list[str]()
    with database.unit_of_work() as session:
        row = rows_of(session, session.get_one(Case, case.id), TrackChoice)[0]
        queries(database, said)
        thawed(session, row).track = Track.NONE
        assert thawed(session, row) is thawed(session, row)
        assert (row.track, said) == (Track.RETURN, [])
    with database.unit_of_work() as session:
        assert chosen(session, case) == {Track.NONE}
