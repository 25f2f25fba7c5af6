"""What a tick shows in Prefect: subflows of few cases, a task each of more, batches and a table of many."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.objects import State
from prefect.settings import PREFECT_API_URL, PREFECT_LOGGING_TO_API_ENABLED, temporary_settings
from sqlmodel import col, func, select, update

from api.cli.simulate.world import KEYRING, migrated
from api.cli.stack import Stack
from models.case import Case
from models.clock import SystemClock
from models.database import Database
from tests.bench.common.process import common, open_many
from tests.bench.common.task import Truth
from workflows import bulk, flows
from workflows.advance import Push
from workflows.house import House, World, WorldSettings

pytestmark = [
    pytest.mark.stack,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyncPrefectClient]:
    """A Prefect server to which the flows of this process report."""
    with Stack(tmp_path_factory.mktemp("stack")) as stack, temporary_settings(quiet(stack)):
        with get_client(sync_client=True) as client:
            yield client


def quiet(stack: Stack) -> dict[Any, Any]:
    """Where the server is; what is logged at the very end would find it gone."""
    return {PREFECT_API_URL: stack.api_url, PREFECT_LOGGING_TO_API_ENABLED: False}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house of cases that have two things to do at once, and then wait."""
    path = tmp_path / "sila.db"
    path.write_bytes(migrated())
    database = Database(f"sqlite:///{path}", KEYRING)
    made = House(database, SystemClock(), World(WorldSettings(_env_file=None, bulk_from=30)))
    monkeypatch.setattr(flows, "house", lambda: made)
    with common(Truth(tmp_path / "truth")):
        yield made
    database.close()


def tick() -> State[Any]:
    """One tick, in this process."""
    ended: State[Any] = asyncio.run(flows.tick(return_state=True))
    return ended


def tasks_of(client: SyncPrefectClient, state: State[Any]) -> list[str]:
    """The names of the tasks of a run."""
    return sorted(task.name for task in client.read_task_runs() if task.flow_run_id == state.state_details.flow_run_id)


def waiting(house: House) -> int:
    """How many cases have come to rest."""
    with house.database.reading() as session:
        rest = select(func.count()).select_from(Case).where(col(Case.lease).is_(None), col(Case.due_at) > func.now())
        return session.exec(rest.where(Case.stumbles == 0)).one()


def stumbles(house: House, ref: str) -> int:
    """How often the pushes of a case have crashed."""
    with house.database.reading() as session:
        return session.exec(select(Case.stumbles).where(Case.ref == ref)).one()


def test_many_are_pushed_in_batches_and_a_table_says_what_was_done(client: SyncPrefectClient, house: House) -> None:
    refs = open_many(house, 35)
    state = tick()
    assert state.name == "Pushed 35"
    assert len(tasks_of(client, state)) == 2
    assert all(name.startswith("cases from C-") for name in tasks_of(client, state))
    known = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["last-bulk-push"])))
    (artifact,) = [one for one in known if one.flow_run_id == state.state_details.flow_run_id]
    assert '"cases": 35' in str(artifact.data)
    assert sum(ref in str(artifact.data) for ref in refs) == 1, "one example, and not the list of everybody"
    assert tick().name == "Nothing due"


def test_more_than_few_have_a_task_each(client: SyncPrefectClient, house: House) -> None:
    refs = open_many(house, 22)
    state = tick()
    assert state.name == "Pushed 22"
    assert tasks_of(client, state) == sorted(refs)


def test_a_push_shows_its_stage_as_a_subflow_and_its_actions_as_tasks(client: SyncPrefectClient, house: House) -> None:
    (ref,) = open_many(house, 1)
    state: State[Any] = asyncio.run(flows.return_case(ref, return_state=True))
    assert state.name == "Awaiting partner"
    (stage,) = [run for run in client.read_flow_runs() if run.name == f"{ref} risk-assessment"]
    assert (stage.state_name, f"case:{ref}" in stage.tags) == ("Awaiting partner", True)
    assert stage.state is not None
    late = time.monotonic() + 10
    while tasks_of(client, stage.state) != ["risk_assessment_1", "risk_assessment_2"]:  # they come as events
        assert time.monotonic() < late, tasks_of(client, stage.state)
        time.sleep(0.1)


@pytest.mark.parametrize("number", [2, 22, 31])
def test_one_that_goes_wrong_is_named_and_the_others_go_on(
    client: SyncPrefectClient, house: House, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, *others = open_many(house, number)
    decide, look = bulk.decide_all, Push.look

    def spoiled(session: Any, cases: Any, now: Any) -> Any:
        assert all(case.ref != poison for case in cases), "Ogulgerek"
        return decide(session, cases, now)

    def looked(self: Push) -> Any:
        assert self.ref != poison, "Ogulgerek"
        return look(self)

    monkeypatch.setattr(bulk, "decide_all", spoiled)
    monkeypatch.setattr(Push, "look", looked)
    state = tick()
    assert (state.name, state.message) == (f"Pushed {number}, 1 failed", poison)
    assert waiting(house) == len(others)
    assert stumbles(house, poison) == 1  # F12, in each grain
    let_go(house)


def let_go(house: House) -> None:
    """Nobody holds anything any more."""
    with house.database.unit_of_work() as session:
        session.execute(update(Case).values(lease=None, lease_until=None))
