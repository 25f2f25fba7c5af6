"""Plain Prefect at the common case: its process worker, a run for what a case does between two signals."""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, temporary_settings

from api.cli.children import Child
from api.cli.stack import Stack
from tests.bench.common.contest import ROOT, Contest
from tests.bench.common.task import ACTIVITIES
from tests.bench.runs import Runs

LEGS = (ACTIVITIES[:2], ACTIVITIES[2:4], ACTIVITIES[4:6], ACTIVITIES[6:])


def stock(contest: Contest, cases: int, rows: list[list[str]]) -> list[str]:
    """One row: so few cases, since each run is a process that imports everything anew."""
    with (
        TemporaryDirectory() as name,
        Stack(Path(name), env={"PYTHONPATH": str(ROOT), "PREFECT_WORKER_QUERY_SECONDS": "0.15"}) as stack,
    ):
        with temporary_settings({PREFECT_API_URL: stack.api_url}), get_client(sync_client=True) as client:
            runs = Runs(client, "process", "process", ":")
            stack.add(Child("process", worker()))
            runs.ended([runs.start("leg", truth=str(Path(name) / "warm"), case="w", activities=[])], seconds=120)
            before, began = sum(stack.cpu_seconds().values()), time.monotonic()
            live(runs, str(Path(name) / "truth"), cases)
            seconds, cpu = time.monotonic() - began, sum(stack.cpu_seconds().values()) - before
    best = max(float(row[3].split()[0].replace(",", "")) for row in rows if "in bulk" in row[0])
    rate, per_case = cases / seconds, 1000 * cpu / cases
    return [
        "Prefect, its process worker",
        "sqlite",
        f"{best / rate:,.0f} x",
        f"{rate:.3f}",
        f"{per_case:,.0f}",
        "",
        "",
        "",
    ]


def live(runs: Runs, truth: str, cases: int) -> None:
    """Every case leg by leg; a leg begins when the one before has ended, as after a signal."""
    for leg in LEGS:
        asked = [runs.start("leg", truth=truth, case=f"c{number}", activities=list(leg)) for number in range(cases)]
        ended = runs.ended(asked, seconds=600, pause=0.5)
        assert all(run.state is not None and run.state.is_completed() for run in ended)


def worker() -> list[str]:
    """Prefect's own."""
    return [
        sys.executable,
        "-m",
        "prefect",
        "worker",
        "start",
        "--pool",
        "process",
        "--type",
        "process",
        "--limit",
        "2",
    ]
