"""Plays the demo: staff answer at the doors, partners are simulators, a clock that moves when all is quiet."""

import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from rich.console import Console
from rich.table import Table
from sqlmodel import col, func, select

from api.cli.answers import answer_to
from api.cli.cast import Life, case_of, people
from api.cli.place import Place, start
from api.cli.stack import Stack
from integrations.simulators import SimulatorClient
from models.case import Case
from models.clock import ClockOffset, wall
from models.database import Database
from models.effect import Effect, EffectState
from models.event import verify
from models.queries.cases import next_due
from models.vault import Keyring
from workflows.actions.message import TEXTS
from workflows.nudge import Nudger

LEAP = timedelta(hours=4)
PATIENCE = 6.0
LONGEST = 600.0
out = Console()


class Play:
    """One demo on a running stack."""

    def __init__(self, place: Place, stack: Stack) -> None:
        self.place, self.stack = place, stack
        self.http = httpx.Client(base_url=place.api_url, timeout=30, trust_env=False)
        self.world = SimulatorClient(place.urls())
        self.database = Database(place.environment()["SILA_DATABASE_URL"], Keyring.parse(place.said["key"]))
        self.clock = self.database.clock(demo=True)
        self.nudger = Nudger(stack.api_url)
        self.lives: dict[str, Life] = {}
        self.restless_since: float | None = None

    def headers(self, role: str) -> dict[str, str]:
        """Who speaks."""
        return {"Authorization": f"Bearer {self.place.keys[role]}", "Idempotency-Key": str(uuid4())}

    def open_cases(self) -> None:
        """Everybody begins."""
        for number, life in enumerate(people(), start=1):
            said = case_of(life, number, self.clock.now().date())
            answer = self.http.post("/api/cases", json=said, headers=self.headers("counsellor"))
            answer.raise_for_status()
            self.lives[answer.json()["ref"]] = life

    def step(self) -> bool:
        """Answer what is asked, or move the clock when everything waits. False when every case is closed."""
        if self.answer_all() or self.withdraw_some():
            self.restless_since = None
            return True
        if not self.is_quiet():
            time.sleep(0.1)
            return True
        return self.leap()

    def answer_all(self) -> int:
        """Every open question is answered by its role."""
        asked = self.http.get("/api/questions", headers=self.headers("operations")).json()["questions"]
        return sum(self.answer(question) for question in asked if question["case"] in self.lives)

    def answer(self, question: dict[str, Any]) -> bool:
        """One answer; a question that has meanwhile gone is no trouble."""
        life = self.lives[question["case"]]
        kind, today = question["kind"], self.clock.now().date()
        body = answer_to(life, kind, question["subject"], today)
        url = f"/api/questions/{question['id']}/answer"
        answer = self.http.post(url, json=body, headers=self.headers(question["role"]))
        if answer.status_code not in (200, 409):
            raise RuntimeError(f"{question['case']} {kind}: {answer.status_code} {answer.json().get('detail')}")
        return answer.status_code == 200

    def withdraw_some(self) -> int:
        """Those whose story has them withdraw at a certain point."""
        done = 0
        for ref, life in self.lives.items():
            if life.withdraws_when and life.withdraws_when in self.codes(ref):
                life.withdraws_when = None
                url = f"/api/cases/{ref}/withdrawal"
                self.http.post(url, headers=self.headers("counsellor")).raise_for_status()
                done += 1
        return done

    def codes(self, ref: str) -> set[str]:
        """The reasons of a case's standings."""
        status = self.http.get(f"/api/cases/{ref}", headers=self.headers("operations")).json()
        return {stage["code"] for stage in status["stages"]}

    def is_quiet(self) -> bool:
        """Nothing is due, under way or on its way back from outside."""
        with self.database.reading() as session:
            due = select(func.count()).select_from(Case).where(
                (col(Case.due_at) <= self.clock.now()) | (col(Case.lease_until) > wall())
            )  # fmt: skip
            busy = session.exec(due).one()
        quiet = busy == 0 and self.world.pending() == 0
        if quiet:
            self.restless_since = None
        elif self.restless_since is None:
            self.restless_since = time.monotonic()
        elif time.monotonic() - self.restless_since > PATIENCE:
            self.restless_since = None
            self.nudger.tick(str(uuid4()))
        return quiet

    def leap(self) -> bool:
        """Move every clock to when something is due next. False when every case is closed."""
        with self.database.reading() as session:
            due = next_due(session)
            is_open = session.exec(select(func.count()).select_from(Case).where(col(Case.closed_at).is_(None))).one()
        if not is_open:
            return False
        if due is None:
            raise RuntimeError("an open case waits for nothing: that must not be")
        self.set_clock(max(due, self.clock.now()) + LEAP)
        self.nudger.tick(due.isoformat())
        time.sleep(0.4)
        return True

    def set_clock(self, to: datetime) -> None:
        """Ours and the simulators'."""
        with self.database.unit_of_work() as session:
            row = session.get(ClockOffset, 1) or ClockOffset(id=1)
            row.seconds = int((to - wall()).total_seconds())
            session.add(row)
        self.world.set_clock(to)

    def report(self, seconds: float) -> bool:
        """What became of everybody, and whether anything happened twice."""
        table = Table("case", "story", "ended", "as it should")
        good = True
        for ref, life in self.lives.items():
            status = self.http.get(f"/api/cases/{ref}", headers=self.headers("operations")).json()
            as_told = status["outcome"] == life.ends
            good &= as_told
            table.add_row(ref, life.story, str(status["outcome"]), "yes" if as_told else f"no: {life.ends}")
        out.print(table)
        truth = self.world.truth()
        messages = len(truth.pop("sms")["messages"]) - self.messages_confirmed()
        duplicates = sum(len(part["duplicates"]) for part in truth.values()) + max(0, messages)
        early = sum(len(part.get("personal_data_before_acceptance", [])) for part in truth.values())
        with self.database.reading() as session:
            events, breaks = verify(session)
        out.print(f"duplicate effects: {duplicates}")
        out.print(f"personal data before acceptance: {early}")
        out.print(f"{events} events; the chain {'is broken' if breaks else 'holds'}")
        self.speed(seconds)
        return good and not duplicates and not early and not breaks

    def messages_confirmed(self) -> int:
        """How many messages the ledger knows of: each may have gone out once."""
        with self.database.reading() as session:
            counted = select(func.count()).select_from(Effect).where(
                col(Effect.action).in_(TEXTS), col(Effect.state).in_([EffectState.CONFIRMED, EffectState.UNKNOWN])
            )  # fmt: skip
            return session.exec(counted).one()

    def speed(self, seconds: float) -> None:
        """How many runs Prefect completed, how fast, and at what cost in CPU time, by process."""
        done = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
        answer = self.http.post(f"{self.stack.api_url}/flow_runs/count", json=done)
        legs, used = int(answer.raise_for_status().json()), self.stack.cpu_seconds()
        each = ", ".join(f"{name} {cpu:.0f}" for name, cpu in used.items())
        out.print(f"{legs} legs (completed flow runs) in {seconds:.0f} s: {legs / seconds:.1f} legs/s")
        out.print(f"{sum(used.values()) / max(legs, 1):.2f} CPU s a leg; CPU seconds: {each}")


def run(data: Path | None, *, leave: bool, stock: bool) -> int:
    """The whole demo. Gives the exit code."""
    place = Place(data or Path(tempfile.mkdtemp(prefix="sila-demo-")))
    place.make(demo=True)
    with start(place, stock=stock, tick_seconds=15) as stack:
        out.print(f"API {place.api_url}/docs   Prefect http://127.0.0.1:{stack.port}   folder {place.data}")
        good = play(place, stack)
        if not leave:
            out.print(f"Everything stays up; API keys are in {place.keys_file}. Stop with Ctrl-C.")
            stack.wait()
    return 0 if good else 1


def play(place: Place, stack: Stack) -> bool:
    """Until every case is closed, or for ten minutes."""
    show, began = Play(place, stack), time.monotonic()
    show.open_cases()
    while show.step():
        if time.monotonic() - began > LONGEST:
            out.print("The demo took too long.")
            show.report(time.monotonic() - began)
            return False
    return show.report(time.monotonic() - began)
