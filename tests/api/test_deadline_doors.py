"""Deadlines, episodes and holds at the doors: who may read them, what they show, and that they name nobody."""

import json

import pytest
from sqlmodel import select

from models.case import Case
from models.clock import FixedClock
from tests.api.test_doors import NOW, Doors, an_intake, doors
from workflows.advance import advance
from workflows.house import House, World, WorldSettings

__all__ = ["doors"]


@pytest.fixture
def ref(doors: Doors) -> str:
    """A case that has come to rest."""
    ref: str = doors.post("/api/cases", an_intake()).json()["ref"]
    advance(House(doors.database, FixedClock(NOW), World(WorldSettings())), ref)
    return ref


@pytest.mark.parametrize("role", ["counsellor", "auditor", "receiving_partner"])
@pytest.mark.parametrize("path", ["/api/deadlines", "/api/deadlines/predicted"])
def test_only_operations_supervisors_and_monitoring_read_deadlines(doors: Doors, role: str, path: str) -> None:
    assert doors.get(path, role).status_code == 403
    assert doors.get(path, "monitoring").status_code == 200


def test_deadlines_name_cases_owners_and_limits_and_nobody(doors: Doors, ref: str) -> None:
    said = doors.get("/api/deadlines").json()
    assert {row["case"] for row in said["deadlines"]} == {ref}
    assert {"counsellor"} <= {row["owner"] for row in said["deadlines"]}
    assert said["missed_by_owner"] == {}
    text = json.dumps(said)
    intake = an_intake()["principal"]
    assert not any(intake[field] in text for field in ("given_names", "family_name", "born_on"))


def test_a_page_goes_on_where_the_last_one_ended(doors: Doors, ref: str) -> None:
    doors.post(f"/api/cases/{ref}/detained", {"place": "police"})
    advance(House(doors.database, FixedClock(NOW), World(WorldSettings())), ref)
    seen, after = [], ""
    while after is not None:
        page = doors.get(f"/api/deadlines?limit=1{after and f'&after={after}'}").json()
        seen += [row["id"] for row in page["deadlines"]]
        after = page["next"]
    assert seen == [row["id"] for row in doors.get("/api/deadlines").json()["deadlines"]]
    assert len(seen) == len(set(seen)) >= 2
    assert doors.get("/api/deadlines?limit=0").status_code == 422


def test_the_status_says_episode_suspension_and_htcds(doors: Doors, ref: str) -> None:
    status = doors.get(f"/api/cases/{ref}").json()
    assert (status["episode"], status["suspended_at"], status["htcds"]) == (1, None, "Active")
    doors.post(f"/api/cases/{ref}/suspended", {"reason": "legal"}, "supervisor")
    status = doors.get(f"/api/cases/{ref}").json()
    assert status["suspended_at"].startswith("2026-03-02")
    listed = doors.get("/api/cases").json()["cases"][0]
    assert (listed["episode"], listed["suspended_at"], listed["htcds"]) == (1, status["suspended_at"], "Active")


@pytest.mark.parametrize(("language", "words"), [("en", "the person stays"), ("tr", "kişi kalıyor")])
def test_why_a_case_was_closed_is_said_in_words(doors: Doors, ref: str, language: str, words: str) -> None:
    close(doors, ref)
    status = doors.get(f"/api/cases/{ref}?language={language}").json()
    assert (status["closed_as"], status["htcds"]) == (words, "Closed")
    assert words in doors.get(f"/api/cases/{ref}/explanation?language={language}").json()["lines"][-1]


def close(doors: Doors, ref: str) -> None:
    """As if everything had been lived through."""
    with doors.database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        case.closed_at, case.outcome, case.ver = NOW, "stays", case.ver + 1


def test_a_closed_case_opens_again_once(doors: Doors, ref: str) -> None:
    assert doors.post(f"/api/cases/{ref}/episodes", {"reason": "person_called"}).json()["code"] == "still_open"
    close(doors, ref)
    assert doors.post(f"/api/cases/{ref}/episodes", {"reason": "person_called"}, "monitoring").status_code == 403
    new = doors.post(f"/api/cases/{ref}/episodes", {"reason": "person_called"}).json()["ref"]
    assert doors.post(f"/api/cases/{ref}/episodes", {"reason": "person_called"}).json()["code"] == "reopened"
    status = doors.get(f"/api/cases/{new}").json()
    assert (status["episode"], status["previous"]) == (2, ref)
    assert doors.get(f"/api/cases/{ref}").json()["next"] == new


def test_a_file_is_held_and_let_go_by_those_who_may(doors: Doors, ref: str) -> None:
    path = f"/api/cases/{ref}/legal-hold"
    assert doors.post(path, {"reason": "prosecution"}, "counsellor").status_code == 403
    assert doors.post(path, {"reason": "whim"}, "supervisor").status_code == 422
    assert doors.post(path, {"reason": "prosecution"}, "supervisor").json() == {"ref": ref, "held": True}
    assert doors.get(f"/api/cases/{ref}").json()["legal_hold"] is True
    gone = doors.http.delete(path, headers={"Authorization": f"Bearer {doors.keys['supervisor']}"})
    assert gone.json() == {"ref": ref, "lifted": 1}
