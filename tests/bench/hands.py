"""Measures the warm worker's processes against its threads: ``python -m tests.bench.hands``.

All on one server in one session, one after the other and then once more the other way round, because a machine that
others use at the same time is not the same a minute later. The better of two rounds counts.
"""

import argparse
import tempfile
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, temporary_settings
from rich.console import Console
from rich.table import Table

from api.cli.stack import Stack
from tests.bench.runs import Runs
from tests.bench.workers import ROOT, Measured, measure

WAYS = {"two threads": "0", "one process": "1", "two processes": "2"}


def table(found: dict[str, Measured], flow: str) -> Table:
    """Each way, and its ratio to threads."""
    plain = found["two threads"]
    shown = Table(title=f"flow `{flow}`, {plain.runs} runs asked for at once")
    for head in ("", "runs a second", "to threads", "CPU s a run, all", "to threads", "p50 s alone", "MB resident"):
        shown.add_column(head, justify="right" if head else "left")
    for name, one in found.items():
        shown.add_row(
            name, f"{one.rate:.2f}", f"{one.rate / plain.rate:.2f} x", f"{one.cpu_per_run:.3f}",
            f"{one.cpu_per_run / plain.cpu_per_run:.2f} x", f"{one.p50:.2f}", f"{one.memory:.0f}",
        )  # fmt: skip
    return shown


def main() -> None:
    """Start a server, measure each way twice, print the table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--runs", type=int, default=60)
    ask.add_argument("--flow", default="short", choices=("short", "outer", "plain"))
    said = ask.parse_args()
    found: dict[str, list[Measured]] = {name: [] for name in WAYS}
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(Path(folder), env={"PYTHONPATH": str(ROOT)}) as stack,
        temporary_settings({PREFECT_API_URL: stack.api_url}),
        get_client(sync_client=True) as client,
    ):
        runs = Runs(client, "sila", "sila")
        for name in [*WAYS, *reversed(WAYS)]:
            found[name].append(measure(stack, runs, "sila", said.runs, said.flow, SILA_WORKER_PROCESSES=WAYS[name]))
    best = {name: min(both, key=lambda one: one.cpu_per_run) for name, both in found.items()}
    Console().print(table(best, said.flow))


if __name__ == "__main__":
    main()
