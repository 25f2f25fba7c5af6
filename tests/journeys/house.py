"""A whole house in one process: real database, real doors on a socket, simulators on sockets, and no Prefect."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import SecretStr
from sqlmodel import col, select

from api.cli.answers import answer_to, noon
from api.cli.cast import PLACES, Life, case_of
from api.cli.furniture import SHELTER_PARTNER, furnish_shelter
from api.main import create_app
from api.settings import DoorSettings
from api.views import explanation
from integrations.serving import Served
from integrations.simulators import Simulators, SimulatorSettings
from models.booking import Booking
from models.case import Case
from models.clock import FixedClock
from models.database import Database
from models.handover import Partner
from models.queries.cases import next_due, open_questions
from models.staff import Staff
from models.stage import Role, Stage
from workflows import commands
from workflows.advance import advance
from workflows.bulk import push_many
from workflows.decide import decide
from workflows.due import due_refs, reread
from workflows.duties import duties
from workflows.facts import Facts
from workflows.gather import gather
from workflows.house import House, World, WorldSettings
from workflows.inputs import CaseIn
from workflows.open_case import open_case
from workflows.records import FACTS
from workflows.standing import Blocked, Duty, Standing, reason_of

SECRET = "whsec_" + "c2lsYS10ZXN0LXNlY3JldC1vZi0zMi1ieXRlcy1sb25n"
TOKEN = "journeys"
BEGIN = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)


@contextmanager
def living(database: Database) -> Iterator["Living"]:
    """The house with its world, while the block lasts."""
    world = World(WorldSettings())
    house = House(database, FixedClock(BEGIN), world)
    app = create_app(house, DoorSettings(prefect_url=""))
    with Served(app) as doors:
        settings = SimulatorSettings(token=TOKEN, webhook_secret=SECRET, webhook_base=doors.url)
        with Simulators(settings) as simulators:
            world.settings = settings_of(simulators, doors.url)
            furnish(database)
            simulators.set_clock(BEGIN)
            try:
                yield Living(house, simulators)
            finally:
                world.close()


def settings_of(simulators: Simulators, public_url: str) -> WorldSettings:
    """The addresses and secrets of this world."""
    urls, secret = simulators.urls, SecretStr(SECRET)
    tokens: dict[str, Any] = {f"{name}_token": SecretStr(TOKEN) for name in ("airline", "consulate", "partner", "sms")}
    secrets: dict[str, Any] = {f"{name}_webhook_secret": secret for name in ("airline", "consulate", "partner", "sms")}
    return WorldSettings(
        **tokens, **secrets, airline_url=urls["airline"], consulate_url=urls["consulate"], sms_url=urls["sms"],
        partner_urls={"nadia": urls["partner_nadia"], "tariq": urls["partner_tariq"]}, public_url=public_url,
        smtp_port=simulators.smtp_port, airline_timeout=5, partner_timeout=5,
    )  # fmt: skip


def furnish(database: Database) -> None:
    """Two partners with an agreement, and a shelter."""
    with database.unit_of_work() as session:
        for code in ("nadia", "tariq"):
            session.add(Partner(code=code, countries=list(PLACES), agreement_until=date(2029, 12, 31)))
        furnish_shelter(session, BEGIN)


def staff(role: Role) -> Staff:
    """Somebody of one role."""
    return Staff(
        handle=role.value, roles=[role.value], partner=SHELTER_PARTNER if role is Role.SHELTER_PARTNER else None
    )


class Living:
    """Plays lives: answers what is asked, pushes what is due, and moves the clock when all is quiet."""

    def __init__(self, house: House, simulators: Simulators) -> None:
        self.house, self.simulators = house, simulators
        self.lives: dict[str, Life] = {}
        self.unanswered: set[str] = set()  # kinds of questions that nobody answers by themselves

    @property
    def clock(self) -> FixedClock:
        """The clock of the house."""
        clock = self.house.clock
        assert isinstance(clock, FixedClock)
        return clock

    def begin(self, life: Life, number: int = 1) -> str:
        """Open the case of a life."""
        said = CaseIn.model_validate(json.loads(json.dumps(case_of(life, number, self.clock.now().date()))))
        ref = open_case(self.house, said, staff(Role.COUNSELLOR))
        self.lives[ref] = life
        return ref

    def live(self, seconds: float = 120.0, seen: Callable[[], None] = lambda: None) -> None:
        """Until every case is closed; ``seen`` looks on after each round."""
        began = time.monotonic()
        while self.step():
            seen()
            assert time.monotonic() - began < seconds, "the lives take too long"

    def step(self) -> bool:
        """One round. False when every case is closed."""
        if self.push() or self.answer() or self.withdraw():
            return True
        if self.simulators.pending():
            time.sleep(0.02)
            return True
        with self.house.database.reading() as session:
            due = next_due(session)
            is_open = session.exec(select(Case.id).where(col(Case.closed_at).is_(None))).first()
        if is_open is None:
            return False
        assert due is not None, "L1: an open case waits for nothing"
        self.to(noon(max(due, self.clock.now())))
        return True

    def to(self, instant: datetime) -> None:
        """Move every clock."""
        self.clock.at = instant
        self.simulators.set_clock(instant)
        time.sleep(0.06)

    def push(self) -> int:
        """Everything that is due."""
        reread(self.house)
        refs = due_refs(self.house, 100)
        if len(refs) == 1:
            advance(self.house, refs[0])
        else:
            assert not push_many(self.house, refs).failed
        return len(refs)

    def answer(self) -> int:
        """Every open question."""
        with self.house.database.reading() as session:
            known = [(question, ref) for question, ref in open_questions(session) if ref in self.lives]
            asked = [(question, ref) for question, ref in known if question.kind not in self.unanswered]
        for question, ref in asked:
            self.record(ref, question.kind, question.subject, question.role)
        return len(asked)

    def record(self, ref: str, kind: str, subject: str, role: Role) -> None:
        """One answer, as the cast gives it."""
        body = answer_to(self.lives[ref], kind, subject, self.clock.now().date())
        try:
            self.say(ref, kind, body, role)
        except commands.Refused as refused:
            if refused.code not in ("not_asked", "case_closed"):  # a webhook, or an answer before, was in between
                raise

    def say(self, ref: str, kind: str, body: dict[str, Any], role: Role) -> None:
        """One fact, as somebody of a role says it. Raises Refused."""
        fact = FACTS[kind]
        said = fact.model.model_validate(json.loads(json.dumps(body, default=str)))
        commands.record(self.house, ref, fact, said, staff(role))

    def until(self, ref: str, code: str, seconds: float = 60.0) -> None:
        """Live on until a stage or a duty of the case stands as it does for this reason."""
        began = time.monotonic()
        while code not in self.codes(ref):
            assert time.monotonic() - began < seconds, f"{code} does not come: {sorted(self.codes(ref))}"
            assert self.step(), f"{code} did not come before the end"

    def standings(self, ref: str) -> dict[Stage, Standing]:
        """Where every stage of a case stands now."""
        return decide(self.facts(ref))

    def open_duties(self, ref: str) -> list[Duty]:
        """What a case now makes people see to beside its stages."""
        facts = self.facts(ref)
        return [duty for duty in duties(facts) if duty.is_open(facts.now)]

    def codes(self, ref: str) -> set[str]:
        """The reasons of everything that a case now stands at or must see to."""
        facts = self.facts(ref)
        asked = {duty.asking.why.code for duty in duties(facts) if duty.is_open(facts.now)}
        reasons = [standing.by if isinstance(standing, Blocked) else (reason_of(standing),)
                   for standing in decide(facts).values()]  # fmt: skip
        return asked | {reason.code for some in reasons for reason in some}

    def facts(self, ref: str) -> Facts:
        """What is true about a case now."""
        with self.house.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == ref)).one()
            return gather(session, case, self.clock.now())

    def explained(self, ref: str, language: str = "en") -> str:
        """The case in words."""
        return "\n".join(explanation(self.house, ref, language))

    def withdraw(self) -> int:
        """Those who withdraw once they have a ticket."""
        done = 0
        for ref, life in self.lives.items():
            if life.withdraws_when is None:
                continue
            with self.house.database.reading() as session:
                case = session.exec(select(Case).where(Case.ref == ref)).one()
                ticket = session.exec(
                    select(Booking.id).where(Booking.case_id == case.id, Booking.status == "ticketed")
                ).first()
            if ticket:
                life.withdraws_when = None
                commands.withdraw(self.house, ref, staff(Role.COUNSELLOR))
                done += 1
        return done

    def case(self, ref: str) -> Case:
        """The case as it is."""
        with self.house.database.reading() as session:
            return session.exec(select(Case).where(Case.ref == ref)).one()
