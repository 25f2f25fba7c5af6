"""Messages at the doors: what staff see of them, who reads what came back, and who lets held ones leave."""

import json
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from models.clock import FixedClock, wall
from models.event import Event
from models.glass import Alert
from models.inbound import Inbound
from models.message import MessageFuse
from models.stage import Role
from tests.api.test_doors import NOW, Doors, an_intake, doors
from tests.workflows.accounts import Somebody
from workflows.house import House, World, WorldSettings
from workflows.inbox import receive, understand

__all__ = ["doors"]
TEXT = "They took my phone"


def started(doors: Doors) -> tuple[str, str]:
    """A case and its number."""
    said = an_intake()
    ref: str = doors.post("/api/cases", said).json()["ref"]
    return ref, said["contact"]["address"]


def wrote(doors: Doors, sender: str, text: str = TEXT) -> str:
    """Somebody writes. Gives the id of what was stored."""
    house = House(doors.database, FixedClock(NOW), World(WorldSettings()))
    form = {"MessageSid": f"SM{uuid4().hex}", "From": sender, "Body": text}
    stored, _ = receive(house, "messaging", form["MessageSid"], json.dumps({"form": form, "key": None}))
    understand(house, stored)
    return str(stored)


def kinds(doors: Doors, subject: str) -> list[str]:
    """The events of a chain."""
    with doors.database.reading() as session:
        return list(session.exec(select(Event.kind).where(Event.subject == subject).order_by(Event.number)))  # type: ignore[arg-type]


def test_what_came_back_is_listed_without_its_text_and_read_by_who_may(doors: Doors) -> None:
    ref, number = started(doors)
    wrote(doors, number)
    listed = doors.get(f"/api/cases/{ref}/messages", "counsellor")
    assert TEXT not in listed.text
    (reply,) = listed.json()["replies"]
    path = f"/api/cases/{ref}/replies/{reply['id']}/reading"
    assert doors.post(path, {}, "operations").status_code in (403, 404)
    assert "class_three.read" not in kinds(doors, ref)
    assert doors.post(path, {}, "counsellor").json() == {"text": TEXT}
    assert kinds(doors, ref)[-1] == "class_three.read"
    assert doors.post(f"/api/cases/{ref}/replies/{uuid4()}/reading", {}).json()["code"] == "unknown_reply"


def test_s21_what_was_understood_is_kept_with_its_case_and_nowhere_else(doors: Doors) -> None:
    _, number = started(doors)
    stored = wrote(doors, number)
    with doors.database.reading() as session:
        assert [row.body for row in session.exec(select(Inbound)) if str(row.id) == stored] == [b""]


def test_l2_a_message_from_nobodys_number_is_read_and_settled_by_a_person(doors: Doors) -> None:
    started(doors)
    stored = wrote(doors, "+905559876543")
    waits = doors.get("/api/inbound", "supervisor")
    assert [(one["id"], one["trouble"]) for one in waits.json()["messages"]] == [(stored, "unknown_sender")]
    assert TEXT not in waits.text
    assert doors.post(f"/api/inbound/{stored}/reading", {}, "counsellor").status_code == 403
    said = doors.post(f"/api/inbound/{stored}/reading", {}, "protection_officer").json()
    assert (said["sender"], said["text"]) == ("+905559876543", TEXT)
    assert doors.post(f"/api/inbound/{stored}/settled", {}, "supervisor").status_code == 200
    assert kinds(doors, "INBOUND") == ["inbound.read", "inbound.settled"]
    assert doors.get("/api/inbound", "supervisor").json()["messages"] == []
    assert doors.post(f"/api/inbound/{stored}/reading", {}, "supervisor").json()["code"] == "unknown_letter"


def test_operations_watch_messages_and_only_a_supervisor_lets_them_leave(doors: Doors) -> None:
    with doors.database.unit_of_work() as session:
        row = MessageFuse(blown_at=NOW, counted=500, most=500)
        session.add(row)
        session.add(Alert(at=NOW, kind="messages_held", about=row.id, case_ref="", role=Role.OPERATIONS, until=NOW))
    seen: dict[str, Any] = doors.get("/api/messages").json()
    assert (seen["fuse"]["counted"], seen["in_vain"], seen["waiting"], seen["unread"]) == (500, [], [], [])
    assert doors.get("/api/messages", "counsellor").status_code == 403
    assert doors.post("/api/messages/fuse/release", {}, "operations").status_code == 403
    code = Somebody(doors.database, "supervisor", make=False).code(wall())
    assert doors.post("/api/messages/fuse/release", {}, "supervisor", proof=code).json() == {"held": 0}
    assert doors.get("/api/messages").json()["fuse"] is None
    with doors.database.reading() as session:
        assert [alert.done_at for alert in session.exec(select(Alert))] == [NOW]


@pytest.mark.parametrize("role", ["auditor", "monitoring"])
def test_who_watches_over_us_sees_no_messages(doors: Doors, role: str) -> None:
    assert doors.get("/api/messages", role).status_code == 403
