"""The loop of a simulation: cases are opened, pushed when due, asked and answered, and now and then disturbed."""

import json
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlmodel import col, select

from api.cli.answers import answer_to
from api.cli.cast import Life, case_of
from api.cli.simulate.answering import Answering
from api.cli.simulate.asked import by, open_now
from api.cli.simulate.invariants import Finding
from api.cli.simulate.people import somebody
from api.cli.simulate.world import Simulated
from models.case import Case
from models.question import Question
from models.stage import Role, Track
from workflows import commands
from workflows.advance import advance
from workflows.commands import Change
from workflows.facts import Facts
from workflows.gather import gather
from workflows.inputs import CaseIn
from workflows.open_case import open_case
from workflows.records import FACTS

EVERY = timedelta(hours=31)  # a new case opens so often
SHARE_WITHDRAWING = 0.12
NIGHT = timedelta(days=1)


@dataclass
class Living:
    """One case: its life, its own chance, what was asked, and how often the same question came."""

    life: Life
    rng: Random
    opened_at: datetime
    ended_at: datetime | None = None
    asked: set[object] = field(default_factory=set)
    due: datetime | None = None


class Play:
    """Opens ``cases`` cases and goes on until nothing happens any more, or until ``ends``."""

    def __init__(self, made: Simulated, seed: str, cases: int, *, keep_states: bool = False) -> None:
        self.made, self.seed, self.cases = made, seed, cases
        self.keep_states, self.states = keep_states, list[Facts]()
        self.living: dict[str, Living] = {}
        self.counts: Counter[str] = Counter()
        self.trouble: Counter[str] = Counter()
        self.next_step, self.withdrawing = Finding("L1 every open case has a next step"), Finding("L4 withdrawal")
        self.answering = Answering(made, seed, self.counts)
        made.wake = self.woken

    def run(self, ends: datetime) -> None:
        """Until the agenda is empty or the time is over."""
        agenda = self.made.agenda
        for number in range(self.cases):
            agenda.put(agenda.at + number * EVERY, lambda number=number: self.open(number))  # type: ignore[misc]
        agenda.put(agenda.at + NIGHT, self.night)
        while agenda.at < ends and agenda.step():
            self.counts["steps"] += 1

    def night(self) -> None:
        """Every midnight: each open case has a due instant, or a question that somebody has."""
        with self.made.house.database.reading() as session:
            asked = set(session.exec(select(Question.case_id).where(
                col(Question.answered_at).is_(None), col(Question.voided_at).is_(None))).all())  # fmt: skip
            rows = session.exec(select(Case.id, Case.ref, Case.due_at).where(col(Case.closed_at).is_(None))).all()
        for case_id, ref, due in rows:
            self.next_step.look(due is not None or case_id in asked, ref)
        if rows or len(self.living) < self.cases:
            self.made.agenda.put(self.made.agenda.at + NIGHT, self.night)

    def findings(self) -> list[Finding]:
        """What was seen on the way, and that every life came to its end once faults had passed."""
        ends = Finding("L3 every case comes to an end")
        for ref, one in self.living.items():
            ends.look(one.ended_at is not None, ref)
        return [self.next_step, ends, self.withdrawing]

    def open(self, number: int) -> None:
        """Somebody comes."""
        rng = Random(f"{self.seed}:{number}")  # noqa: S311 - chance for a simulation, not a secret
        life, now = somebody(rng, number), self.made.agenda.at
        said = CaseIn.model_validate(json.loads(json.dumps(case_of(life, number, now.date()))))
        if life.out_of_reach and said.contact:
            self.answering.silent.add(said.contact.address)
        ref = open_case(self.made.house, said, by(Role.COUNSELLOR))
        self.living[ref] = Living(life, rng, now)
        if rng.random() < SHARE_WITHDRAWING:
            self.made.agenda.put(now + timedelta(days=rng.uniform(1, 120)), lambda: self.withdraw(ref))
        self.push(ref)

    def woken(self, change: Change) -> None:
        """A word from outside woke a case."""
        self.push(change.ref)

    def push(self, ref: str) -> None:
        """Carry a case as far as it goes, then see what is asked and when it is due again."""
        self.counts["pushes"] += 1
        advance(self.made.house, ref)
        self.answering.look()
        with self.made.house.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == ref)).one()
            asked = list(open_now(session, case))
            if self.keep_states:
                self.states.append(gather(session, case, self.made.agenda.at))
        one = self.living[ref]
        if case.closed_at is not None:
            one.ended_at = one.ended_at or case.closed_at
            return
        for question in asked:
            if question.id not in one.asked:
                one.asked.add(question.id)
                self.later(ref, one, question)
        if case.due_at and case.due_at != one.due:
            one.due = case.due_at
            self.made.agenda.put(case.due_at, lambda: self.tick(ref, case.due_at))

    def adopt(self, ref: str) -> None:
        """Another process takes a case over: it knows of no question and no due instant, and looks."""
        self.living[ref].asked.clear()
        self.living[ref].due = None
        self.push(ref)

    def tick(self, ref: str, due: datetime | None) -> None:
        """The clock brings a case back, unless something else did."""
        if self.living[ref].due == due:
            self.living[ref].due = None
            self.push(ref)

    def later(self, ref: str, one: Living, question: Question) -> None:
        """Somebody answers: mostly in time, now and then too late."""
        now = self.made.agenda.at
        left = max((question.until - now).total_seconds(), 60.0)
        takes = one.rng.uniform(0.02, 0.6) if one.rng.random() > 0.04 else one.rng.uniform(1.0, 1.8)
        self.made.agenda.put(now + timedelta(seconds=left * takes), lambda: self.answer(ref, question))

    def answer(self, ref: str, question: Question) -> None:
        """One answer, by the role that is asked."""
        one, now = self.living[ref], self.made.agenda.at
        fact = FACTS[question.kind]
        role = question.role if question.role in fact.roles else fact.roles[0]
        before = deepcopy(one.life)  # an answer that is refused has not been given
        if question.kind == "closure":
            one.life.ends = self.how_it_ended(ref, one.life)
        body = answer_to(one.life, question.kind, question.subject, now.date()) | self.seen(ref, question)
        said = fact.model.model_validate(json.loads(json.dumps(body)))
        try:
            self.push(commands.record(self.made.house, ref, fact, said, by(role)).ref)
            self.counts["answers"] += 1
        except commands.Refused as refused:
            one.life = before
            self.trouble[f"{question.kind}: {refused.code}"] += 1
            if refused.code not in ("not_asked", "case_closed"):
                one.asked.discard(question.id)

    def seen(self, ref: str, question: Question) -> dict[str, str]:
        """What somebody must look up before they can answer: how much of a ticket's price came back."""
        if question.kind != "refund_receipt":
            return {}
        with self.made.house.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == ref)).one()
            accounts = gather(session, case, self.made.agenda.at).travel.accounts
        owed = next((str(one.owed) for one in accounts if str(one.booking) == question.subject and one.owed > 0), "1")
        return {"amount": owed, "reference": f"back-{question.id}"}

    def how_it_ended(self, ref: str, life: Life) -> str:
        """Why a case that has nothing left to do is closed."""
        with self.made.house.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == ref)).one()
            facts = gather(session, case, self.made.agenda.at)
        if facts.departed:
            return "unreachable" if life.out_of_reach else "completed"
        return "stays" if facts.track is Track.IN_PLACE else "withdrew"

    def withdraw(self, ref: str) -> None:
        """The person no longer wants to travel."""
        try:
            self.push(commands.withdraw(self.made.house, ref, by(Role.COUNSELLOR)).ref)
            self.counts["withdrawals"] += 1
            self.withdrawing.look(True, ref)
        except commands.Refused as refused:
            self.trouble[f"withdrawal: {refused.code}"] += 1
            self.withdrawing.look(refused.code in ("departed", "case_closed"), f"{ref} {refused.code}")
