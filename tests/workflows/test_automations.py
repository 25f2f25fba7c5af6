"""Prefect's automations: made once, renewed without a second one, and what breaks becomes an alert."""

import base64
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from api.cli.stack import Stack
from api.main import create_app
from api.settings import DoorSettings
from integrations.serving import Served
from models.clock import FixedClock
from models.database import Database
from models.glass import Alert
from tests.api.pages.browser import NOW
from workflows.alarms import BrokenIn, raise_alarm, token_of
from workflows.house import House, World, WorldSettings

PATIENCE = 40.0


def a_house(database: Database) -> House:
    """A house at a fixed instant."""
    return House(database, FixedClock(NOW), World(WorldSettings()))


def test_a_broken_run_is_one_alert_and_names_its_case(database: Database) -> None:
    house, run = a_house(database), UUID(int=9)
    said = BrokenIn(kind="run_crashed", run=run, name="C-0123456789 travel-documents")
    assert [raise_alarm(house, said), raise_alarm(house, said)] == [True, False]
    assert raise_alarm(house, BrokenIn(kind="tick_silent"))
    with database.reading() as session:
        refs = {row.kind: row.case_ref for row in session.exec(select(Alert))}
    assert refs == {"run_crashed": "C-0123456789", "tick_silent": ""}


def test_only_prefect_passes_its_door(database: Database) -> None:
    with Served(create_app(a_house(database), DoorSettings())) as at:
        body = {"kind": "tick_silent"}
        assert httpx.post(f"{at.url}/webhooks/prefect", json=body).status_code == 401
        shown = {"X-Sila-Token": token_of(database.keyring)}
        assert httpx.post(f"{at.url}/webhooks/prefect", json=body, headers=shown).status_code == 202
        assert httpx.post(f"{at.url}/webhooks/prefect", json={"kind": "x"}, headers=shown).status_code == 422


@pytest.mark.stack
def test_prefect_tells_of_a_crashed_run_and_deploying_again_makes_no_second_automation(
    database: Database, tmp_path: Path
) -> None:
    keys = ",".join(f"{name}:{encoded(key)}" for name, key in database.keyring.masters.items())
    env = {"PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "true", "SILA_MASTER_KEYS": keys}
    app = create_app(a_house(database), DoorSettings())
    with (
        Served(app) as at,
        Stack(tmp_path, env=env) as stack,
        httpx.Client(base_url=stack.api_url, timeout=60) as prefect,
    ):
        ask = [sys.executable, "-m", "api.cli.main", "deploy", "--door", at.url]
        for _ in range(2):
            subprocess.run(ask, env={**dict(stack.settings), "PATH": ""}, check=True, capture_output=True)
        assert len(prefect.post("/automations/filter", json={}).json()) == 2
        deployment = prefect.get("/deployments/name/return-case/return-case").json()["id"]
        run = prefect.post(f"/deployments/{deployment}/create_flow_run", json={"name": "C-0123456789"}).json()["id"]
        prefect.post(f"/flow_runs/{run}/set_state", json={"state": {"type": "CRASHED"}, "force": True})
        assert alerted(database, UUID(run))


def encoded(key: bytes) -> str:
    """A key as it is written in settings."""
    return base64.b64encode(key).decode()


def alerted(database: Database, run: UUID) -> bool:
    """Whether an alert about a run comes in time."""
    latest = time.monotonic() + PATIENCE
    while time.monotonic() < latest:
        with database.reading() as session:
            if session.exec(select(Alert).where(Alert.about == run, Alert.case_ref == "C-0123456789")).first():
                return True
        time.sleep(0.2)
    return False
