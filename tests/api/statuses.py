"""The status of a case in both ways: from its notes, and decided anew."""

from typing import Any

from api import status
from models.queries import status as records
from workflows.house import House


def both_ways(house: House, ref: str) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """From the notes, None where they do not hold, and decided anew."""
    now = house.clock.now()
    with house.database.reading() as session:
        found = records.seen(session, ref)
        assert found is not None
        rows, _ = records.notes(session, found.case)
        kept, fresh = status.noted(found, rows, now), status.anew(session, found.case, now)
        return kept and status.view(found, kept, rows, now, "en"), status.view(found, fresh, rows, now, "en")
