"""Somebody is heard of again, at the doors: who may say so, what is told, and that it names nobody."""

from sqlmodel import select

from models.case import Case
from tests.api.test_doors import Doors, an_intake, doors

__all__ = ["doors"]


def closed(doors: Doors) -> str:
    """A case that was closed as out of reach."""
    ref: str = doors.post("/api/cases", an_intake()).json()["ref"]
    with doors.database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        case.closed_at, case.outcome, case.due_at = case.opened_at, "unreachable", None
    return ref


def test_a_call_opens_a_closed_case_again(doors: Doors) -> None:
    ref = closed(doors)
    assert doors.post(f"/api/cases/{ref}/calls", {"safe": "perhaps"}, "counsellor").status_code == 422
    said = doors.post(f"/api/cases/{ref}/calls", {"safe": True}, "counsellor")
    assert said.status_code == 201
    assert said.json()["new"] is True
    status = doors.get(f"/api/cases/{said.json()['ref']}").json()
    assert (status["episode"], status["previous"]) == (2, ref)
    assert doors.get(f"/api/cases/{ref}").json()["outcome"] == "unreachable"


def test_a_call_in_an_open_case_stays_there(doors: Doors) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    assert doors.post(f"/api/cases/{ref}/calls", {}).json() == {"ref": ref, "new": False}


def test_signs_of_new_exploitation_are_taken_from_who_is_near(doors: Doors) -> None:
    ref = closed(doors)
    assert doors.post(f"/api/cases/{ref}/retrafficking", {"source": "partner"}, "auditor").status_code == 403
    assert doors.post(f"/api/cases/{ref}/retrafficking", {"source": "rumour"}).status_code == 422
    said = doors.post(f"/api/cases/{ref}/retrafficking", {"source": "partner"}).json()
    assert said["new"] is True
    assert set(said) == {"ref", "new"}
    assert doors.post(f"/api/cases/{ref}/retrafficking", {"source": "partner"}).json()["code"] == "reopened"
