"""C5 at the doors: when a reading cannot be written down there is an answer without data, and never a value."""

import pytest

from tests.api.test_doors import Doors, an_intake, doors
from tests.workflows.test_class_three import read_only

__all__ = ["doors"]
OFFICER = {"role": "protection_officer", "handle": "protection_officer"}


@pytest.mark.parametrize("path", ["separations", "risk"])
def test_c5_without_a_record_of_reading_there_is_no_data(doors: Doors, path: str) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    assert doors.post(f"/api/cases/{ref}/assign", OFFICER).status_code == 200
    assert doors.get(f"/api/cases/{ref}/{path}", "protection_officer").status_code in (200, 409)
    read_only(doors.database)
    answer = doors.get(f"/api/cases/{ref}/{path}", "protection_officer")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_written")
    assert set(answer.json()) == {"type", "title", "status", "detail", "code"}
