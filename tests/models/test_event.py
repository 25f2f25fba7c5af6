"""The chain of events shows every alteration, removal and cut (S11)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from models.database import Database
from models.event import append, verify

NOW = datetime(2026, 3, 2, 12, 30, 1, 123456, tzinfo=UTC)


def filled(database: Database) -> None:
    with database.unit_of_work() as session:
        for number in range(5):
            append(session, "C-1", "fact.screening", "counsellor", NOW, number=number)
        append(session, "C-2", "case.opened", "counsellor", NOW)


def test_an_untouched_chain_holds(database: Database) -> None:
    filled(database)
    with database.reading() as session:
        assert verify(session) == (6, [])


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE events SET \"by\" = 'somebody' WHERE subject = 'C-1' AND number = 2",
        "UPDATE events SET kind = 'fact.risk' WHERE subject = 'C-1' AND number = 5",
        "DELETE FROM events WHERE subject = 'C-1' AND number = 3",
        "DELETE FROM events WHERE subject = 'C-1' AND number = 5",
        "DELETE FROM events WHERE subject = 'C-2'",
        "DELETE FROM chains WHERE subject = 'C-2'",
    ],
)
def test_s11_every_tampering_shows(database: Database, tampering: str) -> None:
    filled(database)
    with database.unit_of_work() as session:
        session.execute(text(tampering))
    with database.reading() as session:
        assert verify(session)[1]
