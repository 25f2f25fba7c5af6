"""The partners' door: who passes, what is shown, what each word needs, and one answer for all that is closed."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlmodel import select

from api.main import create_app
from api.settings import DoorSettings
from integrations.serving import Served
from integrations.tls import trusted
from models.database import Database
from models.event import Event
from models.handover import Handover, HandoverWord, Partner
from models.staff import Staff, issue_key
from models.stage import Role
from tests.journeys.office import Offering, by
from workflows import commands

NOBODY = "/api/handovers/0190b6a0-0000-7000-8000-000000000001"
ACCEPT = {"kind": "accepted", "focal_point": "fp_7"}


class Door:
    """The door of a house with one case; ``keys`` by handle."""

    def __init__(self, url: str, one: Offering) -> None:
        self.http = httpx.Client(base_url=url, trust_env=False, verify=trusted(), timeout=60)
        self.one, self.count = one, 0
        self.keys: dict[str, str] = {}
        self.add("nadia", "nadia", Role.RECEIVING_PARTNER)
        self.add("manager", "nadia", Role.RECEIVING_PARTNER)
        self.add("tariq", "tariq", Role.RECEIVING_PARTNER)
        self.add("counsellor", None, Role.COUNSELLOR)
        self.add("everything", None, *Role)

    def add(self, handle: str, partner: str | None, *roles: Role) -> None:
        """Somebody with a key."""
        with self.one.house.database.unit_of_work() as session:
            session.add(Staff(handle=handle, roles=[role.value for role in roles], partner=partner))
            self.keys[handle] = issue_key(session, handle, self.one.now)

    def get(self, path: str, who: str = "nadia") -> httpx.Response:
        """GET."""
        return self.http.get(path, headers={"Authorization": f"Bearer {self.keys[who]}"})

    def say(self, body: dict[str, Any], who: str = "nadia", path: str = "", key: str | None = None) -> httpx.Response:
        """A word on the newest handover."""
        self.count += 1
        headers = {"Authorization": f"Bearer {self.keys[who]}", "Idempotency-Key": key or f"w{self.count}"}
        return self.http.post(f"{path or self.path}/word", json=body, headers=headers)

    @property
    def path(self) -> str:
        """The newest handover."""
        return f"/api/handovers/{self.one.row().id}"


@pytest.fixture
def door(database: Database) -> Iterator[Door]:
    """A case that was offered to a silent partner."""
    one = Offering(database)
    one.until("handover.waiting")
    with Served(create_app(one.house, DoorSettings(prefect_url="http://127.0.0.1:9"))) as served:
        made = Door(served.url, one)
        yield made
        made.http.close()


def end_by(door: Door, how: str) -> None:
    """Bring the handover to an exit, and nothing pushed since."""
    one = door.one
    consent = {"text_version": "1", "text_hash": "0" * 64, "language": "tr", "recipient": "nadia", "given": False}
    if how == "declined":
        assert door.say({"kind": "declined", "reason_code": "no_capacity"}).status_code == 200
    elif how == "withdrawn":
        commands.withdraw(one.house, one.ref, by(Role.COUNSELLOR))
    elif how == "consent":
        one.say("transfer_consent", consent)
    elif how == "agreement":
        with one.house.database.unit_of_work() as session:
            session.get_one(Partner, "nadia").stopped_at = one.now
    else:
        with one.house.database.unit_of_work() as session:
            session.get_one(Handover, one.row().id).status = how


EXITS = ["declined", "withdrawn", "consent", "agreement", "expired", "recalled", "cancelled", "returned", "not_taken"]


@pytest.mark.parametrize("how", EXITS)
def test_s10_handover_that_ended_is_as_unknown_as_one_that_never_was(door: Door, how: str) -> None:
    assert door.get(door.path).status_code == 200
    end_by(door, how)
    gone, never = door.get(door.path), door.get(NOBODY)
    assert (gone.status_code, gone.json()) == (never.status_code, never.json()) == (404, never.json())
    assert door.get(f"{door.path}/packages/identity").json() == never.json()
    assert door.get("/api/handovers").json() == {"handovers": []}
    said = door.say(ACCEPT)
    assert (said.status_code, said.json()) == (404, never.json())
    with door.one.house.database.reading() as session:
        words = session.exec(select(HandoverWord.outcome).where(HandoverWord.kind == "accepted")).all()
    assert len(words) == 1  # refused neutrally, and kept
    assert words[0] in ("inert", "too_late")


def test_handover_is_shown_without_a_name_and_with_its_time(door: Door) -> None:
    seen = door.get(door.path)
    said = seen.json()
    assert set(said["preview"]) == {
        "case_code", "age_bands", "genders", "languages", "country", "area", "needs", "urgency", "arrival_from",
        "arrival_to", "party_size",
    }  # fmt: skip
    assert said["answer_by"] > said["offered_at"]
    for secret in ("Annayeva", "Ogulgerek", "Annaýewa", door.one.ref, "1991-05-17", "+9055512"):
        assert secret not in seen.text
    assert said["packages"] == []


@pytest.mark.parametrize(("who", "status"), [("tariq", 404), ("counsellor", 403), ("everything", 404)])
def test_handover_is_accepted_by_its_partner_only(door: Door, who: str, status: int) -> None:
    assert door.say(ACCEPT, who).status_code == status
    assert door.one.row().status == "offered"


def test_handover_is_accepted_by_a_manager_for_a_named_colleague(door: Door) -> None:
    assert door.say(ACCEPT, "manager").json()["status"] == "accepted"
    assert door.one.row().focal_point == "fp_7"


def test_handover_acceptance_without_a_name_is_asked_back_at_the_door(door: Door) -> None:
    assert door.say({"kind": "accepted"}).json()["status"] == "unnamed"
    assert door.one.row().status == "offered"
    assert door.say(ACCEPT).json()["status"] == "accepted"


def test_f26_handover_accepted_twice_gets_a_clear_no_the_second_time(door: Door) -> None:
    assert door.say(ACCEPT, key="same").status_code == 200
    assert door.say(ACCEPT, key="same").status_code == 200  # a repeat is not a second word
    again = door.say({**ACCEPT, "focal_point": "fp_8"})
    assert (again.status_code, again.json()["code"]) == (409, "already_said")
    assert door.one.row().focal_point == "fp_7"


@pytest.mark.parametrize(
    ("word", "missing"),
    [
        ({"kind": "declined"}, "reason_code"), ({"kind": "asked_back"}, "text"), ({"kind": "received"}, "package_hash"),
        ({"kind": "arrival_confirmed", "met": True}, "arrived_at"), ({"kind": "cancelled"}, "reason_code"),
        ({"kind": "first_week", "safe": True}, "reached_in_private"), ({"kind": "return_offered"}, "reason_code"),
        ({"kind": "safety_read"}, "risk_notes_read"),
    ],
)  # fmt: skip
def test_handover_word_says_what_it_needs(door: Door, word: dict[str, Any], missing: str) -> None:
    answer = door.say(word)
    assert answer.status_code == 422
    assert missing in answer.text
    assert door.one.row().status == "offered"


def test_handover_of_a_disabled_user_is_closed(door: Door) -> None:
    with door.one.house.database.unit_of_work() as session:
        session.exec(select(Staff).where(Staff.handle == "nadia")).one().active = False
    assert door.get(door.path).status_code == 401
    assert door.get(door.path, "manager").status_code == 200


def test_s12_handover_package_is_read_only_with_a_line_in_the_chain(database: Database) -> None:
    one = Offering(database, "Mary")
    one.until("handover.accepted")
    with Served(create_app(one.house, DoorSettings(prefect_url="http://127.0.0.1:9"))) as served:
        door = Door(served.url, one)
        answer = door.get(f"{door.path}/packages/identity").json()
        assert answer["package"]["fields"]["people"][0]["family_name"] == "Annayeva"
        assert door.get(f"{door.path}/packages/arrival").status_code == 404
        door.http.close()
    [event] = [event for event in one.rows(Event) if event.kind == "partner.read"]
    assert (event.by, event.said["sha256"]) == ("nadia", answer["sha256"])
