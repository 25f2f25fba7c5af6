"""The JSON doors: who may pass, what is refused and how, what a repeat gets."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlmodel import func, select

from api.cli.cast import case_of, people
from api.main import create_app
from api.settings import DoorSettings
from integrations.serving import Served
from integrations.tls import trusted
from models.case import Case
from models.clock import FixedClock
from models.database import Database
from models.idempotency import Answered
from models.inbound import Inbound
from models.person import Person
from models.staff import Staff, issue_key
from models.stage import Role
from tests.journeys.house import furnish
from workflows.house import House, World, WorldSettings

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class Doors:
    """A served application and a key for each role."""

    def __init__(self, url: str, keys: dict[str, str], database: Database, app: FastAPI) -> None:
        self.http = httpx.Client(base_url=url, trust_env=False, verify=trusted(), timeout=60)
        self.keys, self.database, self.app, self.count = keys, database, app, 0

    def post(
        self, path: str, body: Any, role: str = "counsellor", key: str | None = None, proof: str = ""
    ) -> httpx.Response:
        """POST as a role, under a key of its own, perhaps with a second factor beside it."""
        self.count += 1
        headers = {"Authorization": f"Bearer {self.keys[role]}", "Idempotency-Key": key or f"k{self.count}"}
        return self.http.post(path, json=body, headers=headers | ({"X-Sila-Proof": proof} if proof else {}))

    def get(self, path: str, role: str = "operations") -> httpx.Response:
        """GET as a role."""
        return self.http.get(path, headers={"Authorization": f"Bearer {self.keys[role]}"})


@pytest.fixture
def doors(database: Database) -> Iterator[Doors]:
    """The doors of an empty house; Prefect is down, and nothing minds."""
    furnish(database)
    keys = {}
    with database.unit_of_work() as session:
        for role in Role:
            session.add(Staff(handle=role.value, roles=[role.value]))
            keys[role.value] = issue_key(session, role.value, NOW)
    app = create_app(
        House(database, FixedClock(NOW), World(WorldSettings())), DoorSettings(prefect_url="http://127.0.0.1:9")
    )
    with Served(app) as served:
        doors = Doors(served.url, keys, database, app)
        yield doors
        doors.http.close()


def an_intake(**over: Any) -> dict[str, Any]:
    """A complete intake."""
    return {**case_of(people()[0], 1, NOW.date()), **over}


def principal(**over: Any) -> dict[str, Any]:
    """An intake whose principal is changed."""
    said = an_intake()
    return {**said, "principal": {**said["principal"], **over}}


def test_a_case_starts_is_seen_and_explained(doors: Doors) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    status = doors.get(f"/api/cases/{ref}").json()
    stages = {stage["stage"]: stage for stage in status["stages"]}
    assert stages["intake"]["kind"] == "Asking"
    assert stages["intake"]["waits_for"] == "counsellor"
    assert stages["counselling"]["kind"] == "Blocked"
    assert "tarama" in " ".join(doors.get(f"/api/cases/{ref}/explanation?language=tr").json()["lines"])
    assert doors.get(f"/api/cases/{ref}/timeline").json()["events"][0]["kind"] == "case.opened"
    assert [case["ref"] for case in doors.get("/api/cases?is_open=true").json()["cases"]] == [ref]


def test_l4_withdrawal_is_accepted_with_prefect_down(doors: Doors) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    assert doors.post(f"/api/cases/{ref}/withdrawal", {}).status_code == 200
    assert doors.get(f"/api/cases/{ref}").json()["journey"] == 2


BAD = {
    "country": (an_intake(country="XX"), "country"),
    "birth date": (principal(born_on="2190-01-01"), "principal.born_on"),
    "expired passport": (
        principal(document={"kind": "passport", "country": "GEO", "number": "ZZ123", "expires_on": "2020-01-01"}),
        "principal.document.expires_on",
    ),
    "mrz": (
        principal(
            document={
                "kind": "passport", "country": "GEO", "number": "L898902C3", "expires_on": "2030-01-01",
                "mrz": ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C37UTO7408122F1204159ZE184226B<<<<<10"],
            }
        ),
        "principal.document",
    ),
    "a child alone": (principal(born_on="2015-01-01"), "principal.guardian"),
    "a dependant child": (
        an_intake(dependants=[an_intake()["principal"] | {"born_on": "2018-01-01", "document": None}]),
        "dependants.0.guardian",
    ),
    "partner": (an_intake(partner="nobody"), "partner"),
    "unknown field": (an_intake(risk_cleared=True), "risk_cleared"),
    "phone": (an_intake(contact={"channel": "sms", "address": "12345"}), "contact"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(BAD))
def test_bad_input_names_the_field_and_leaves_nothing(doors: Doors, name: str) -> None:
    body, field = BAD[name]
    answer = doors.post("/api/cases", body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert any(one["field"].startswith(field) for one in said["errors"]), said
    assert "Beridze" not in answer.text
    with doors.database.reading() as session:
        assert session.exec(select(func.count()).select_from(Person)).one() == 0
        assert session.exec(select(func.count()).select_from(Case)).one() == 0


def test_a_second_open_case_is_refused(doors: Doors) -> None:
    assert doors.post("/api/cases", an_intake()).status_code == 201
    answer = doors.post("/api/cases", an_intake())
    assert (answer.status_code, answer.json()["code"]) == (409, "second_case")


def test_f29_a_repeat_gets_the_same_answer_and_another_body_is_refused(doors: Doors) -> None:
    first, again = (doors.post("/api/cases", an_intake(), key="same") for _ in range(2))
    assert first.json() == again.json()
    other = doors.post("/api/cases", an_intake(area="Batumi"), key="same")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_a_post_without_an_idempotency_key_is_refused(doors: Doors) -> None:
    headers = {"Authorization": f"Bearer {doors.keys['counsellor']}"}
    assert doors.http.post("/api/cases", json=an_intake(), headers=headers).status_code == 400


def test_f50_ten_megabytes_are_refused(doors: Doors) -> None:
    assert doors.post("/api/cases", {"area": "x" * 10_000_000}).status_code == 413


@pytest.mark.parametrize("number", [2**63, 10**400])
def test_f49_giant_numbers_are_refused(doors: Doors, number: int) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    assert doors.get(f"/api/cases/{ref}/timeline?after={number}").status_code == 422


def test_without_a_key_every_door_but_health_and_webhooks_is_closed(doors: Doors) -> None:
    paths = doors.http.get("/openapi.json").json()["paths"]
    for path, verbs in paths.items():
        if path.startswith("/api"):
            for verb in verbs:
                url = path.replace("{ref}", "C-0").replace("{question_id}", "0" * 32).replace("{handover_id}", "0" * 32)
                assert doors.http.request(verb, url).status_code in (400, 401, 422), path


def test_only_the_role_may_record(doors: Doors) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    answer = doors.post(f"/api/cases/{ref}/risk-assessment", {"level": "low"})
    assert (answer.status_code, answer.json()["code"]) == (403, "role")


def test_an_unsigned_webhook_is_refused_and_not_kept(doors: Doors) -> None:
    for path in ("airline", "consulate", "partner/nadia"):
        assert doors.http.post(f"/webhooks/{path}", content=b"{}").status_code in (401, 500)
    with doors.database.reading() as session:
        assert session.exec(select(func.count()).select_from(Inbound)).one() == 0


def test_the_page_of_the_api_asks_nobody_else_for_its_parts(doors: Doors) -> None:
    page = doors.http.get("/docs").text
    parts = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert [part for part in parts if not part.startswith(("/", "data:"))] == []
    assert all(doors.http.get(part).status_code == 200 for part in parts if part.startswith("/"))


@pytest.mark.parametrize(("minutes", "code"), [(1, "still_running"), (5, "unclear")])
def test_a_repeat_of_a_request_that_was_cut_off_says_what_to_do(doors: Doors, minutes: int, code: str) -> None:
    doors.post("/api/cases", an_intake(), key="cut")
    with doors.database.unit_of_work() as session:
        row = session.exec(select(Answered).where(Answered.key == "cut")).one()
        row.status, row.answer, row.at = None, None, NOW - timedelta(minutes=minutes)
    again = doors.post("/api/cases", an_intake(), key="cut")
    assert (again.status_code, again.json()["code"]) == (409, code)
