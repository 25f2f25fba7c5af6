"""A note of a standing tells all that the decision said."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from models.database import Database
from models.question import StandingRow
from models.stage import Stage, Track
from tests.factories import NOW, a_child, a_handover, a_person, facts
from tests.journeys.light import Light
from workflows.apply import told
from workflows.decide import decide
from workflows.noted import standing_of
from workflows.standing import Blocked, Standing

CASES: list[dict[str, Any]] = [
    {}, {"track": Track.IN_PLACE}, {"track": Track.NONE}, {"closed": True}, {"risk": None}, {"screening": None},
    {"people": (a_person(), a_child())}, {"handovers": (a_handover(status="offered", accepted_at=None),)},
    {"withdrawn_at": NOW, "track": Track.UNDECIDED}, {"departed_at": NOW - timedelta(days=2)},
]  # fmt: skip


def noted(stage: Stage, standing: Standing) -> StandingRow:
    """The note of a standing."""
    kind, on, why, until, more = told(standing)
    said: dict[str, Any] = {"kind": kind, "on": on, "why": why, "until": until, "more": more}
    return StandingRow(case_id=uuid4(), stage=stage, since=NOW, **said)


@pytest.mark.parametrize("over", [one for one in CASES if "accepted_at" not in str(one)])
def test_what_was_decided_can_be_read_from_the_note(over: dict[str, Any]) -> None:
    for stage, standing in decide(facts(**over)).items():
        assert standing_of(noted(stage, standing)) == standing


def test_a_note_of_an_older_form_is_no_standing() -> None:
    standing = decide(facts(risk=None))[Stage.TRAVEL_DOCUMENTS]
    assert isinstance(standing, Blocked)
    row = noted(Stage.TRAVEL_DOCUMENTS, standing)
    row.more = {}
    assert standing_of(row) is None


def test_notes_in_the_database_are_whole_and_are_not_rewritten(database: Database) -> None:
    light = Light(database)
    standings, ver = light.push(), light.case().ver
    with database.reading() as session:
        rows = session.exec(select(StandingRow)).all()
        assert {row.stage: standing_of(row) for row in rows} == standings
    light.push()
    assert light.case().ver == ver
