"""The doors of places and assessments, and ``sila country``: who may turn the switch, who may read."""

from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from api.cli import country as cli
from api.cli.main import app
from models.clock import FixedClock
from models.database import Database
from models.staff import Staff
from models.stage import Role
from tests.api.test_doors import Doors, an_intake, doors
from workflows.house import House, World, WorldSettings

__all__ = ["doors"]
HOLD = {"reason": "armed_conflict", "source": "foreign ministry, note 7"}
RUN = CliRunner()


def test_a_place_is_held_listed_and_lifted_by_two_people(doors: Doors) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    assert doors.post("/api/places/GE/hold", HOLD, "operations").json() == {"held": True, "cases_told": 1}
    (held,) = doors.get("/api/places/holds").json()["holds"]
    assert (held["country"], held["reason"], held["by"], held["lift_asked_by"]) == (
        "GE", "armed_conflict", "operations", [],
    )  # fmt: skip
    assert doors.get("/api/places/GE/cases").json() == {"cases": [{"ref": ref, "area": "Kutaisi", "booking": None}]}
    words = {"reason": "cease-fire"}
    assert doors.post("/api/places/GE/lift", words, "operations").json() == {"held": True, "cases_told": 0}
    again = doors.post("/api/places/GE/lift", words, "operations")
    assert (again.status_code, again.json()["code"]) == (409, "four_eyes")
    assert doors.post("/api/places/GE/lift", words, "supervisor").json() == {"held": False, "cases_told": 1}
    assert doors.get("/api/places/holds").json() == {"holds": []}


@pytest.mark.parametrize(
    ("path", "body", "role", "status", "code"),
    [
        ("GE/hold", HOLD, "counsellor", 403, "role"),
        ("GE/hold", HOLD, "receiving_partner", 403, "role"),
        ("XX/hold", HOLD, "operations", 422, "unknown_country"),
        ("GE/hold", {**HOLD, "reason": "mood"}, "operations", 422, "unknown_code"),
        ("GE/lift", {"reason": "all is well"}, "operations", 409, "not_held"),
        (
            "GE/assessment", {"level": "low", "valid_until": "2026-03-01", "source": "mission report"}, "supervisor",
            422, "past",
        ),
    ],
)  # fmt: skip
def test_what_the_switch_refuses(
    doors: Doors, path: str, body: dict[str, str], role: str, status: int, code: str
) -> None:
    answer = doors.post(f"/api/places/{path}", body, role)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_standing_assessment_is_recorded(doors: Doors) -> None:
    body = {"level": "high", "valid_until": "2026-09-01", "source": "mission report"}
    assert doors.post("/api/places/GE/assessment", body, "protection_officer").json()["level"] == "high"


def test_only_who_decides_reads_an_assessment(doors: Doors) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    assert doors.get(f"/api/cases/{ref}/risk", "movement_officer").status_code == 403
    assert doors.get(f"/api/cases/{ref}/risk", "supervisor").json()["code"] == "no_assessment"
    assert doors.get("/api/cases/C-0000000000/risk", "supervisor").status_code == 404


@pytest.fixture
def console(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line in a house with two who may turn the switch."""
    house = House(database, FixedClock(datetime(2026, 3, 2, tzinfo=UTC)), World(WorldSettings()))
    monkeypatch.setattr(cli, "use", lambda _data: house)
    with database.unit_of_work() as session:
        for handle in ("anne", "bora"):
            session.add(Staff(handle=handle, roles=[Role.SUPERVISOR.value]))
        session.add(Staff(handle="gone", roles=[Role.SUPERVISOR.value], active=False))


def said(*words: str) -> tuple[int, str]:
    """What ``sila country`` answers."""
    answer = RUN.invoke(app, ["country", *words])
    return answer.exit_code, answer.output


@pytest.mark.usefixtures("console")
def test_sila_country_holds_lists_and_lifts() -> None:
    hold = ("hold", "GE", "--area", "Gori", "--reason", "disaster", "--source", "civil protection")
    assert said(*hold, "--by", "gone")[0] == 2
    code, text = said(*hold, "--by", "anne")
    assert (code, "Gori (GE) are held; 0 cases" in text) == (0, True)
    assert "Gori (GE): disaster, since 2026-03-02 00:00 UTC, by anne (civil protection)" in said("list")[1]
    lift = ("lift", "GE", "--area", "Gori", "--reason", "roads are open", "--by")
    assert "second person" in said(*lift, "anne")[1]
    assert said(*lift, "anne")[0] == 2
    assert "anne would lift it" in said("list")[1]
    assert "possible again" in said(*lift, "bora")[1]
    assert "No place is held." in said("list")[1]


@pytest.mark.usefixtures("console")
def test_sila_country_assess_needs_a_day_to_come() -> None:
    words = ("assess", "GE", "--level", "medium", "--source", "mission report", "--by", "anne", "--until")
    assert said(*words, "2026-03-02")[0] == 2
    until = (datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=90)).date().isoformat()
    assert f"GE is assessed medium until {until}" in said(*words, until)[1]
