"""F9-F12 with real processes: a case that kills whatever pushes it stops alone, and who was frozen harms nothing."""

import json
import os
import signal
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.settings import PREFECT_API_URL, temporary_settings
from sqlmodel import col, select, update

from api.cli.stack import Child, Stack
from integrations.simulators import Simulators, SimulatorSettings
from models.case import Case
from models.clock import ClockOffset, wall
from models.database import Database
from models.effect import Effect, EffectState
from models.event import verify
from models.queries.cases import open_questions
from models.stage import Role
from tests.bench.copies import fill, patterns
from tests.bench.runs import Runs
from tests.databases import KEYRING, migrated
from tests.journeys.house import SECRET, TOKEN
from tests.journeys.office import Offering, by
from tests.workflows import doomed
from workflows import commands
from workflows.due import due_refs
from workflows.house import House, World, WorldSettings
from workflows.inputs.incident import CaseGoesOnIn
from workflows.lease import MOST_STUMBLES
from workflows.records import FACTS
from workflows.standing import Doing

pytestmark = [
    pytest.mark.stack,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # Prefect's own, at import and in its client
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
POOL, CASES = "doomed", 5
ACT = "offer_handover"
LONGEST = 90.0  # seconds, on a machine that has other things to do too


class Doomed:
    """A warm worker, cases that are about to be offered to a partner, and that partner behind a socket."""

    def __init__(self, folder: Path, runs: Runs, simulators: Simulators) -> None:
        self.runs, self.simulators, self.fates = runs, simulators, folder / "fates"
        self.fates.mkdir()
        database = Database(f"sqlite:///{folder / 'sila.db'}", KEYRING)
        self.now = offering(database)
        self.house = House(database, database.clock(demo=True), World(WorldSettings(_env_file=None)))
        with database.reading() as session:
            self.refs = list(
                session.exec(select(Case.ref).where(col(Case.ref).startswith("C-0000")).order_by(Case.ref))
            )
        self.to(timedelta())
        with database.unit_of_work() as session:
            session.execute(update(Case).values(due_at=None))

    def environment(self) -> dict[str, str]:
        """What the worker is told: this house, its world and what is foretold."""
        urls, names = self.simulators.urls, ("AIRLINE", "CONSULATE", "PARTNER", "SMS")
        world = {f"SILA_{name}_URL": urls[name.lower()] for name in names if name != "PARTNER"}
        world |= {f"SILA_{name}_TOKEN": TOKEN for name in names}
        world |= {f"SILA_{name}_WEBHOOK_SECRET": SECRET for name in names}
        world |= {f"SILA_{name}_TIMEOUT": "3" for name in ("AIRLINE", "PARTNER")}
        return world | {
            "SILA_PARTNER_URLS": json.dumps({"nadia": urls["partner_nadia"], "tariq": urls["partner_tariq"]}),
            "SILA_DATABASE_URL": self.house.database.url, "SILA_DEMO": "true", "SILA_BULK_FROM": "1",
            "SILA_MASTER_KEYS": "k1:" + b64encode(bytes(range(32))).decode(), "SILA_TEST_FATES": str(self.fates),
        }  # fmt: skip

    def wake(self, refs: list[str]) -> None:
        """Cases are due."""
        with self.house.database.unit_of_work() as session:
            session.execute(update(Case).where(col(Case.ref).in_(refs)).values(due_at=self.house.clock.now()))

    def to(self, later: timedelta) -> None:
        """Every clock, so much after the offers were due."""
        with self.house.database.unit_of_work() as session:
            session.merge(ClockOffset(id=1, seconds=int((self.now + later - wall()).total_seconds())))
        self.simulators.set_clock(self.house.clock.now())

    def tick(self) -> StateType | None:
        """One run of it. Gives how it ended."""
        return self.runs.ended([self.runs.start("tick")], LONGEST)[0].state_type

    def until(self, true: Callable[[], Any], seconds: float = LONGEST) -> None:
        """Wait for something that other processes do."""
        last = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < last
            time.sleep(0.05)

    def case(self, ref: str) -> Case:
        """As it is."""
        with self.house.database.reading() as session:
            return session.exec(select(Case).where(Case.ref == ref)).one()

    def offers(self, refs: list[str]) -> list[tuple[EffectState, int]]:
        """What became of the offer of each case, as we know it, and how often the partner has it."""
        books = self.simulators.truth()["partner_nadia"]["handovers"]
        codes = [one["preview"]["case_code"] for one in books]
        with self.house.database.reading() as session:
            query = select(Effect).join(Case).where(Effect.action == ACT, col(Case.ref).in_(refs)).order_by(Case.ref)
            return [(row.state, codes.count(f"P-{row.key[:12].upper()}")) for row in session.exec(query)]


def offering(database: Database) -> Any:
    """Cases whose offer is the next to be done. Gives the instant."""
    one = Offering(database)
    one.until(lambda: isinstance(standing := one.stands(), Doing) and standing.action == ACT)
    with database.reading() as session:
        known = patterns(session)
    fill(database, known, CASES)
    return one.now


@pytest.fixture(scope="module")
def house(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doomed]:
    """Two processes."""
    folder = tmp_path_factory.mktemp("doomed")
    copyfile(migrated(), folder / "sila.db")
    settings = SimulatorSettings(token=TOKEN, webhook_secret=SECRET, webhook_base="http://127.0.0.1:9")
    with temporary_settings({PREFECT_API_URL: stack.api_url}), get_client(sync_client=True) as client:
        with Simulators(settings) as simulators:
            made = Doomed(folder, Runs(client, POOL, "sila", module=doomed), simulators)
            command = [sys.executable, "-m", "api.cli.main", "worker", "--pool", POOL, "--processes", "2"]
            stack.add(Child("doomed", command, made.environment()))
            yield made
            stack.stop("doomed")
            made.house.database.close()


def test_f12_a_case_that_kills_its_process_stops_alone_and_goes_on_when_a_person_says_so(house: Doomed) -> None:
    poison, *others = house.refs[:3]
    fate = house.fates / poison
    fate.write_text("die reading")
    house.wake([poison, *others])
    ends = [house.tick()]
    while house.case(poison).stopped_at is None:
        house.until(lambda: due_refs(house.house, 9) or house.case(poison).stumbles >= MOST_STUMBLES)
        if ends.count(StateType.CRASHED) == MOST_STUMBLES - 1:
            fate.write_text("die writing")  # what it sends arrives, and nobody lives to write that down
        ends.append(house.tick())
        assert len(ends) < 3 * MOST_STUMBLES
    assert ends.count(StateType.CRASHED) == MOST_STUMBLES
    assert house.offers([poison, *others]) == [(EffectState.SENT, 1), *[(EffectState.CONFIRMED, 1)] * 2]
    with house.house.database.reading() as session:
        [(question, ref)] = [one for one in open_questions(session) if one[0].kind == "case_goes_on"]
    assert (ref, question.role) == (poison, Role.OPERATIONS)
    fate.unlink()
    assert house.tick() is StateType.COMPLETED
    assert house.offers([poison]) == [(EffectState.SENT, 1)]
    commands.record(house.house, poison, FACTS["case_goes_on"], CaseGoesOnIn(cause="mended"), by(Role.OPERATIONS))
    assert house.tick() is StateType.COMPLETED
    assert house.offers([poison, *others]) == [(EffectState.CONFIRMED, 1)] * 3
    assert (house.case(poison).stumbles, house.case(poison).stopped_at) == (0, None)


def test_f10_a_process_that_was_frozen_within_a_batch_sends_and_writes_nothing_when_it_wakes(house: Doomed) -> None:
    """One call was made and the other was about to be: another run takes both cases over."""
    called, calling = house.refs[3:]
    fate = house.fates / calling
    fate.write_text("freeze calling")
    house.wake([called, calling])
    run = house.runs.start("tick")
    house.until(lambda: fate.read_text().isdigit())
    pid = int(fate.read_text())
    try:
        assert house.offers([called, calling]) == [(EffectState.SENT, 1), (EffectState.SENT, 0)]
        house.until(lambda: len(due_refs(house.house, 9)) == 2)  # the hold has lapsed
        assert house.tick() is StateType.COMPLETED
        taken_over = [house.case(called).ver, house.case(calling).ver]
        assert house.offers([called]) == [(EffectState.CONFIRMED, 1)]
    finally:
        os.kill(pid, signal.SIGCONT)
    assert house.runs.ended([run], LONGEST)[0].state_type is StateType.COMPLETED
    assert [house.case(called).ver, house.case(calling).ver] == taken_over
    assert [sent for _, sent in house.offers([called, calling])] == [1, 0]
    fate.unlink()
    house.to(timedelta(hours=2))
    assert house.tick() is StateType.COMPLETED
    assert house.offers([called, calling]) == [(EffectState.CONFIRMED, 1)] * 2
    with house.house.database.reading() as session:
        assert verify(session)[1] == []
