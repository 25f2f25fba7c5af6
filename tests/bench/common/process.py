"""The common case as a process of this product: its own decisions, everything else as in any case.

Facts are gathered from all tables, standings and events are written, the lease, the ledger, the inbox and the gates'
second look are the product's. Only what is decided is small: as small as what the other engines are given.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from sqlmodel import Session

from models.base import new_ref
from models.booking import TravelTask
from models.case import Case
from models.database import vault_of
from models.effect import Effect
from models.event import append
from models.inbound import Inbound
from models.person import Person
from models.stage import MAP, Stage
from tests.bench.common.task import Truth
from workflows import advance, inbox, ledger, together
from workflows.facts import Facts
from workflows.house import House, World
from workflows.inbox.waking import woken
from workflows.lease import lock
from workflows.ledger import Action, Letter
from workflows.pathways import CURRENT
from workflows.patience import attempt
from workflows.standing import Done, NotNeeded, Party, Standing, Waiting, say

STAGES = (Stage.RISK_ASSESSMENT, Stage.TRAVEL_DOCUMENTS, Stage.FLIGHT_BOOKING, Stage.PARTNER_HANDOVER, Stage.FOLLOW_UP)
SIGNALS = STAGES[:3]  # after each of these somebody outside has to say a word
ACTIVITIES = {f"{stage}_{number}": f"{place}.{number}" for place, stage in enumerate(STAGES, 1) for number in (1, 2)}
LAST = list(ACTIVITIES)[-1]
FAR = datetime(2035, 1, 1, tzinfo=UTC)
WHY, THEN = say("partner.unavailable"), say("then.try_again")


def decide(facts: Facts) -> dict[Stage, Standing]:
    """One stage after the other; the last one closes the case."""
    standings: dict[Stage, Standing] = dict.fromkeys(MAP, NotNeeded(say("case.closed")))
    if facts.closed:
        return standings
    for stage in STAGES:
        standings[stage] = decide_stage(facts, stage)
        if not isinstance(standings[stage], Done):
            break
    return standings


def decide_stage(facts: Facts, stage: Stage) -> Standing:
    """Its two activities, and the word from outside."""
    for number in (1, 2):
        standing = attempt(facts, f"{stage}_{number}", str(facts.journey), WHY, Party.PARTNER)
        if standing is not None:
            return standing
    if stage in SIGNALS and ("signal", stage.value) not in facts.travel.tasks:
        return Waiting(Party.PARTNER, WHY, FAR, THEN)
    return Done(WHY)


def prepare(session: Session, case: Case, effect: Effect, facts: Facts) -> tuple[str, str]:
    """What is sent: a reference and the name of the activity."""
    return case.ref, ACTIVITIES[effect.action]


def record(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """The result is kept; the last one ends the case."""
    session.add(row_of(case, effect.action, str(answer), now))
    if effect.action == LAST:
        case.closed_at, case.outcome = now, "completed"


def row_of(case: Case, kind: str, subject: str, now: datetime) -> TravelTask:
    """One fact."""
    return TravelTask(case_id=case.id, journey=case.journey, at=now, by="bench", kind=kind, subject=subject)


def hear(session: Session, stored: Inbound, text: str, now: datetime) -> Any:
    """A word from outside: ``reference stage``."""
    ref, _, stage = text.partition(" ")
    case = lock(session, ref)
    session.add(row_of(case, "signal", stage, now))
    return woken(session, case.id, "partner.noticed", "partner", now), "noticed"


def open_many(house: House, number: int) -> list[str]:
    """So many new cases, as an import opens them."""
    now, refs = house.clock.now(), []
    with house.database.unit_of_work() as session:
        for _ in range(number):
            case = Case(ref=new_ref(), pathway=CURRENT[0], pathway_version=CURRENT[1], country="TM", area="Mary",
                        opened_at=now, opened_by="bench", due_at=now)  # fmt: skip
            session.add(case)
            person = Person(case_id=case.id, principal=True, language="en", identity_index=case.ref)
            vault_of(session).seal(person, given_names="Test", family_name="Person", native_name="Test",
                                   born_on="1990-01-01", sex="F", nationality="TKM")  # fmt: skip
            session.add(person)
            append(session, case.ref, "case.opened", "bench", now)
            refs.append(case.ref)
    return refs


@contextmanager
def common(truth: Truth) -> Iterator[None]:
    """The product decides the common case as long as the block lasts."""

    def send(world: World, letter: Letter) -> str:
        return truth.do(*letter.body)

    def find(world: World, letter: Letter) -> str | None:
        return truth.find(*letter.body)

    actions = {name: Action(name, prepare, send, record, find, repeats=True) for name in ACTIVITIES}
    with ExitStack() as stack:
        for module in (advance, ledger, together):
            for name, other in (("decide", decide), ("decide_stage", decide_stage), ("duties", lambda facts: ())):
                if hasattr(module, name):
                    stack.enter_context(patch.object(module, name, other))
        stack.enter_context(
            patch.object(ledger, "next_try", lambda case, effect, now: None)
        )  # others do not wait either
        stack.enter_context(patch.dict(advance.ACTIONS, actions))
        stack.enter_context(patch.dict(inbox.READERS, {"bench": hear}))
        yield
