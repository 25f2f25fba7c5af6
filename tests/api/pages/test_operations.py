"""The pages of operations: numbers and references, nobody's name, and the way to Prefect."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from sqlmodel import select

from api.cli.cast import case_of, people
from models.case import Case
from models.database import Database
from models.forecast import Predicted
from models.inbound import Inbound
from models.pulse import beat
from models.staff import Staff
from models.stage import Role, Stage
from tests.api.pages.browser import NOW, Browser, served
from workflows.inputs import CaseIn
from workflows.lease import MOST_STUMBLES
from workflows.open_case import open_case
from workflows.stopped import stop_some

RUN = {"id": "0190", "name": "C-RUN travel-documents", "state_name": "Awaiting consulate",
       "start_time": "2026-03-02T09:00:00+00:00"}  # fmt: skip
WORKER = {"name": "warm-1", "status": "OFFLINE", "last_heartbeat_time": "2026-03-02T08:00:00+00:00"}


class Answers(BaseHTTPRequestHandler):
    """What Prefect's API answers to the two questions of the pages."""

    def do_POST(self) -> None:
        """One question."""
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        said = [WORKER] if "/workers/" in self.path else [RUN] if "case:C-" in json.dumps(asked) else []
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def prefect() -> Iterator[str]:
    """A server that speaks as Prefect does."""
    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(browser: Browser) -> tuple[str, str]:
    """A case, and the name that must not be read."""
    life = people()[0]
    said = CaseIn.model_validate(case_of(life, 1, NOW.date()))
    return open_case(browser.house, said, Staff(handle="counsellor", roles=["counsellor"])), life.family_name


def test_the_dashboard_shows_what_is_late_unclear_and_silent_and_no_name(database: Database) -> None:
    with served(database) as browser:
        ref, name = opened(browser)
        with database.unit_of_work() as session:
            case = session.exec(select(Case)).one()
            case.due_at = NOW - timedelta(hours=1)
            session.add(Predicted(for_case=case.id, stage=Stage.HEALTH, at=NOW + timedelta(days=2),
                                  why={"code": "forecast.exit"}, seen_at=NOW))  # fmt: skip
            session.add(Inbound(source="airline", outside_id="1", received_at=NOW, body=b"x", trouble="not_understood"))
            beat(session, "tick", NOW - timedelta(minutes=11), due=3)
            beat(session, "nightly", NOW - timedelta(hours=8), seen=1)
        text = browser.sign_in("operations").get("/operations").text
    assert f"/operations/cases/{ref}" in text
    assert name not in text
    assert "Prefect does not answer" in text
    assert text.count("Silent") == 1
    assert "airline" in text


def test_f12_a_stopped_case_is_shown_and_let_go_on(database: Database) -> None:
    with served(database) as browser:
        ref, _ = opened(browser)
        with database.unit_of_work() as session:
            session.exec(select(Case)).one().stumbles = MOST_STUMBLES
        stop_some(browser.house)
        browser.sign_in("operations")
        text = browser.get("/operations").text
        assert "Stopped cases" in text
        assert f"/operations/cases/{ref}/go-on" in text
        assert "Stopped cases" not in browser.submit(browser.get("/operations"), f"/operations/cases/{ref}/go-on").text
    with database.reading() as session:
        assert session.exec(select(Case)).one().stopped_at is None


def test_a_case_leads_to_its_runs_in_prefect(database: Database, prefect: str) -> None:
    with served(database, prefect=prefect) as browser:
        ref, name = opened(browser)
        text = browser.sign_in("operations", "tr").get(f"/operations/cases/{ref}").text
        board = browser.get("/operations").text
    assert f"{prefect.removesuffix('/api')}/runs/flow-run/0190" in text
    assert "Awaiting consulate" in text
    assert name not in text
    assert "warm-1" in board
    assert "Bağlı değil" in board


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATIONS])
def test_nobody_else_sees_operations(database: Database, role: Role) -> None:
    with served(database) as browser:
        browser.sign_in(role.value)
        assert browser.get("/operations").status_code == 403
        assert browser.get("/operations/cases/C-0000000000").status_code == 403
