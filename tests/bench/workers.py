"""Measures the warm worker against Prefect's own process worker: ``python -m tests.bench.workers``.

Both run the same deployments' code on the same server in the same session, one after the other. CPU is the
sum over the server, the worker and all its children, read from /proc, from the first request to the last end.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings
from rich.console import Console
from rich.table import Table

from api.cli.children import family
from api.cli.server import SERVER
from api.cli.stack import Child, Stack
from tests.bench.runs import Runs
from workflows.hand import resident

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Measured:
    """One worker's figures. Seconds, CPU seconds a run, and MB resident."""

    name: str
    runs: int
    wall: float
    server: float
    own: float
    latencies: list[float]
    memory: float

    @property
    def rate(self) -> float:
        return self.runs / self.wall

    @property
    def cpu_per_run(self) -> float:
        return (self.server + self.own) / self.runs

    @property
    def server_per_run(self) -> float:
        return self.server / self.runs

    @property
    def p50(self) -> float:
        return statistics.median(self.latencies)

    @property
    def p95(self) -> float:
        return sorted(self.latencies)[min(len(self.latencies) - 1, int(0.95 * len(self.latencies)))]


@contextmanager
def worker(stack: Stack, kind: str, env: dict[str, str]) -> Iterator[None]:
    """A worker of one type while the block lasts."""
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", kind, "--type", kind, "--limit", "2"]
    stack.add(Child(kind, command, env))
    try:
        yield
    finally:
        stack.stop(kind)


def measure(stack: Stack, runs: Runs, kind: str, number: int, flow: str, **env: str) -> Measured:
    """Warm up with one run, then time so many that are all asked for at once."""
    with worker(stack, kind, env):
        runs.ended([runs.start(flow)], seconds=120)
        before = stack.cpu_seconds()
        asked = [runs.start(flow) for _ in range(number)]
        # Asking rarely: the server's answers to us would count as the worker's cost.
        ended = runs.ended(reversed(asked), seconds=600, pause=1.0)
        after = stack.cpu_seconds()
        memory = sum(resident(pid) for pid in family(stack.pids()[kind])) / 1024
        one_by_one = [latency(runs.ended([runs.start(flow)], seconds=120)[0]) for _ in range(max(4, number // 4))]
    assert all(run.state is not None and run.state.is_completed() for run in ended)
    server, own = (after[name] - before[name] for name in (SERVER, kind))
    return Measured(kind, number, span(ended), server, own, one_by_one, memory)


def span(runs: list[FlowRun]) -> float:
    """Seconds from the first run's due time to the last one's end."""
    ends = [run.end_time for run in runs if run.end_time]
    dues = [run.expected_start_time for run in runs if run.expected_start_time]
    return (max(ends) - min(dues)).total_seconds()


def latency(run: FlowRun) -> float:
    """Seconds from the moment a run was due to its end."""
    assert run.end_time is not None
    assert run.expected_start_time is not None
    return (run.end_time - run.expected_start_time).total_seconds()


def table(stock: Measured, warm: Measured, flow: str) -> Table:
    """The ratios first: they travel between machines, the figures do not."""
    shown = Table(title=f"flow `{flow}`: {stock.runs} runs on process, {warm.runs} on sila, two at a time")
    for head in ("", "sila is better by", "process", "sila"):
        shown.add_column(head, justify="right" if head else "left")
    shown.add_row("runs a second", f"{warm.rate / stock.rate:.1f} x", f"{stock.rate:.2f}", f"{warm.rate:.2f}")
    for name, of in (
        ("CPU s a run, all", "cpu_per_run"),
        ("of it the server", "server_per_run"),
        ("p50 s due to end, one at a time", "p50"),
        ("p95 s", "p95"),
    ):
        old, new = getattr(stock, of), getattr(warm, of)
        shown.add_row(name, f"{old / new:.1f} x", f"{old:.2f}", f"{new:.2f}")
    return shown


def main() -> None:
    """Start a server, measure both, print the table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--stock", type=int, default=6, help="runs on Prefect's process worker")
    ask.add_argument("--warm", type=int, default=60, help="runs on the sila worker")
    ask.add_argument("--flow", default="short", choices=("short", "outer", "plain"))
    said = ask.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(Path(folder), env={"PYTHONPATH": str(ROOT), "PREFECT_WORKER_QUERY_SECONDS": "0.15"}) as stack,
        temporary_settings({PREFECT_API_URL: stack.api_url}),
        get_client(sync_client=True) as client,
    ):
        stock = measure(stack, Runs(client, "process", "process", ":"), "process", said.stock, said.flow)
        warm = measure(stack, Runs(client, "sila", "sila", "."), "sila", said.warm, said.flow)
    Console().print(table(stock, warm, said.flow))


if __name__ == "__main__":
    main()
