"""Plays lives on a running stack: staff answer at the doors, partners are simulators, the clock moves in the quiet."""

import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx
from rich.console import Console
from sqlmodel import col, func, select

from api.cli.answers import answer_to, noon
from api.cli.cast import Life, case_of, people
from api.cli.place import Place
from api.cli.progress import Progress
from api.cli.proofs import Proofs
from api.cli.stack import Stack
from integrations.simulators import SimulatorClient
from integrations.tls import trusted
from models.case import Case
from models.clock import ClockOffset, wall
from models.database import Database
from models.hint import ring
from models.queries.cases import by_ref, next_due, notes, open_questions
from models.vault import Keyring
from workflows.nudge import Nudger

PATIENCE = 6.0
BREATH = 0.05
LONGEST = 600.0
out = Console()


class Play:
    """One demo on a running stack."""

    def __init__(self, place: Place, stack: Stack) -> None:
        self.place, self.stack = place, stack
        self.http = httpx.Client(base_url=place.api_url, timeout=30, trust_env=False, verify=trusted())
        self.world = SimulatorClient(place.urls())
        self.database = Database(place.environment()["SILA_DATABASE_URL"], Keyring.parse(place.said["key"]))
        self.clock = self.database.clock(demo=True)
        self.nudger = Nudger(stack.api_url, ring=partial(ring, self.database))
        self.proofs = Proofs(self.http, self.database, place.keys)
        self.lives: dict[str, Life] = {}
        self.restless_since: float | None = None
        self.began = self.clock.now()
        self.world.set_clock(self.began)  # a folder that was used before is a year ahead

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.nudger.close()
        self.http.close()
        self.world.close()
        self.database.close()

    def headers(self, role: str) -> dict[str, str]:
        """Who speaks."""
        return {"Authorization": f"Bearer {self.place.keys[role]}", "Idempotency-Key": str(uuid4())}

    def open_cases(self, lives: Sequence[Life] | None = None) -> None:
        """Everybody begins."""
        for number, life in enumerate(lives or people(), start=1):
            self.open_case(life, number)

    def open_case(self, life: Life, number: int) -> str:
        """Somebody comes. Gives the reference."""
        said = case_of(life, number, self.clock.now().date())
        answer = self.http.post("/api/cases", json=said, headers=self.headers("counsellor"))
        ref: str = answer.raise_for_status().json()["ref"]
        self.lives[ref] = life
        return ref

    def to_the_end(self, latest: float) -> bool:
        """Step by step until every case is closed. False when it is not so in time."""
        stories = {ref: life.story for ref, life in self.lives.items()}
        with Progress(out, self.database, stories) as progress:
            while self.step():
                progress.show(self.clock.now())
                if time.monotonic() > latest:
                    return False
        return True

    def step(self) -> bool:
        """Answer what is asked, or move the clock when everything waits. False when every case is closed."""
        if self.answer_all() or self.withdraw_some():
            self.restless_since = None
            return True
        if not self.is_quiet():
            time.sleep(BREATH)
            return True
        return self.leap()

    def answer_all(self) -> int:
        """Every open question that somebody answers, by its role, at the door; the database tells whether to knock."""
        with self.database.reading() as session:
            if not any(self.is_answered({"case": ref, "kind": row.kind}) for row, ref in open_questions(session)):
                return 0
        asked = self.http.get("/api/questions", headers=self.headers("operations")).json()["questions"]
        return sum(self.answer(question) for question in asked if self.is_answered(question))

    def is_answered(self, question: dict[str, Any]) -> bool:
        """Whether somebody answers: not where a life is to wait."""
        life = self.lives.get(question["case"])
        return life is not None and question["kind"] not in life.stops

    def answer(self, question: dict[str, Any]) -> bool:
        """One answer; a question that has meanwhile gone is no trouble."""
        life = self.lives[question["case"]]
        kind, today = question["kind"], self.clock.now().date()
        body = answer_to(life, kind, question["subject"], today)
        url = f"/api/questions/{question['id']}/answer"
        headers = self.headers(question["role"]) | self.proofs.beside(kind, question["role"])
        answer = self.http.post(url, json=body, headers=headers)
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
        """The reasons of a case's standings, as last noted."""
        with self.database.reading() as session:
            case = by_ref(session, ref)
            return {str(row.why["code"]) for row in notes(session, case.id).values()} if case else set()

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
        self.set_clock(noon(max(due, self.clock.now())))
        self.nudger.tick(due.isoformat())
        time.sleep(BREATH)
        return True

    def set_clock(self, to: datetime) -> None:
        """Ours and the simulators'."""
        with self.database.unit_of_work() as session:
            row = session.get(ClockOffset, 1) or ClockOffset(id=1)
            row.seconds = int((to - wall()).total_seconds())
            session.add(row)
        self.world.set_clock(to)
