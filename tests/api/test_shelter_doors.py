"""An implementing partner at the doors: its own clients while they stay, and nobody else."""

from uuid import uuid4

from sqlmodel import select

from api.cli.furniture import SHELTER_PARTNER
from models.database import Database
from models.person import Person
from models.staff import Staff, issue_key
from tests.api.test_doors import NOW, Doors, an_intake, doors

__all__ = ["doors"]
LOOKS = ("", "/timeline", "/explanation")


def house(database: Database, handle: str, partner: str) -> str:
    """A key of somebody of a house."""
    with database.unit_of_work() as session:
        session.add(Staff(handle=handle, roles=["shelter_partner"], partner=partner))
        return issue_key(session, handle, NOW)


def test_a_house_sees_its_own_clients_while_they_stay(doors: Doors) -> None:
    doors.keys |= {
        "ours": house(doors.database, "ours", SHELTER_PARTNER),
        "others": house(doors.database, "others", "umut"),
    }
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    with doors.database.reading() as session:
        person = str(session.exec(select(Person.id)).one())

    def seen(role: str) -> list[int]:
        return [doors.get(f"/api/cases/{ref}{look}", role).status_code for look in LOOKS]

    def listed(role: str) -> list[str]:
        return [case["ref"] for case in doors.get("/api/cases", role).json()["cases"]]

    assert seen("ours") == seen("others") == [404, 404, 404]
    assert listed("ours") == []
    admission = {"person": person, "client_id": str(uuid4()), "unit": "H-1"}
    assert doors.post(f"/api/cases/{ref}/admission", admission, "others").status_code == 404
    assert doors.post(f"/api/cases/{ref}/admission", admission, "ours").status_code == 404
    assert doors.post(f"/api/cases/{ref}/admission", admission, "counsellor").status_code == 200
    assert seen("ours") == [200, 200, 200]
    assert seen("others") == [404, 404, 404]
    assert (listed("ours"), listed("others"), listed("counsellor")) == ([ref], [], [ref])
    events = doors.get(f"/api/cases/{ref}/timeline", "ours").json()["events"]
    stay = next(event["said"]["stay"] for event in events if event["kind"] == "shelter.admitted")
    doors.post(f"/api/cases/{ref}/stay-end", {"client_id": str(uuid4()), "stay": stay}, "ours")
    assert seen("ours") == [404, 404, 404]


def test_a_house_is_shown_what_it_is_asked_and_no_more(doors: Doors) -> None:
    doors.keys["ours"] = house(doors.database, "ours", SHELTER_PARTNER)
    doors.post("/api/cases", an_intake())
    assert doors.get("/api/questions?role=counsellor", "ours").json() == {"questions": []}
