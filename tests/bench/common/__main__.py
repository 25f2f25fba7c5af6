"""The common case on this product and on other engines, in one run: ``python -m tests.bench.common``.

Ratios first: they travel between machines, the figures do not. ``--quick`` for a look; ``--write`` puts the table into
BENCHMARKS.md.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.cli.stack import Stack
from tests import postgres
from tests.bench import section
from tests.bench.common.contest import ROOT, Contest, Engine, Result, Servers, restate, spread
from tests.bench.common.stock import stock

OURS, PEER = "tests.bench.common.sila", "tests.bench.common.peers."
ENGINES = (
    Engine("Sıla, in bulk", "sqlite", OURS, "bulk"),
    Engine("Sıla, in bulk", "postgresql", OURS, "bulk"),
    Engine("Sıla, in bulk, as runs of Prefect", "sqlite", OURS, "bulk+prefect", prefect=True, kills=False),
    Engine("Sıla, case by case", "sqlite", OURS, "single"),
    Engine("Sıla, case by case", "postgresql", OURS, "single"),
    Engine("Sıla, case by case, as runs of Prefect", "sqlite", OURS, "single+prefect", prefect=True, cases=0.05,
           kills=False),
    Engine("SpiffWorkflow", "sqlite", PEER + "spiff_case", peer=True),
    Engine("SpiffWorkflow", "postgresql", PEER + "spiff_case", peer=True),
    Engine("DBOS", "sqlite", PEER + "dbos_case", peer=True, many=False),
    Engine("DBOS", "postgresql", PEER + "dbos_case", peer=True, many=False),
    Engine("absurd", "postgresql", PEER + "absurd_case", peer=True),
    Engine("Restate", "its own", PEER + "restate_case", peer=True, many=False),
)  # fmt: skip
HEAD = ("engine", "database", "ours in bulk is faster by", "cases/s", "CPU ms a case",
        "signal to activity ms, p50 / p95", "MiB with 0 / {few} / {many} waiting",
        "after kill -9: s, done twice")  # fmt: skip


@contextmanager
def servers() -> Iterator[Servers]:
    """PostgreSQL with what is committed on disk, and Prefect's server."""
    with tempfile.TemporaryDirectory() as folder, postgres.server(durable=True) as url:
        with Stack(Path(folder), env={"PYTHONPATH": str(ROOT)}) as stack:
            prefect = pid_with(str(stack.port), "server", "start")
            yield Servers(url, pid_with(f"port={url.rpartition(':')[2]}"), stack.api_url, prefect)


def pid_with(*words: str) -> int:
    """The oldest process whose command has these words."""
    for entry in sorted((int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()), key=int):
        try:
            said = Path(f"/proc/{entry}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if all(word in said for word in words):
            return entry
    raise RuntimeError(f"no process has {words}")


def percentile(values: list[float], share: float) -> float:
    """The nearest rank; 0 for none."""
    known = sorted(values)
    return known[min(len(known) - 1, int(share * len(known)))] if known else 0.0


def line(engine: Engine, results: list[Result], best: float, memory: str, kill: str) -> list[str]:
    """One engine's row."""
    rates, waits = [one.rate for one in results], [wait for one in results for wait in one.latencies]
    middle = sorted(rates)[len(rates) // 2]
    wait = f"{percentile(waits, 0.5):,.0f} / {percentile(waits, 0.95):,.0f}"
    ratio = f"{best / middle:,.2f} x"
    return [
        engine.name,
        engine.database,
        ratio,
        spread(rates),
        spread([one.cpu for one in results]),
        wait,
        memory,
        kill,
    ]


def measured(contest: Contest, said: argparse.Namespace) -> list[list[str]]:
    """Every engine, all rounds by turns, so that a noisy minute strikes all alike."""
    engines = [one for one in ENGINES if not said.only or said.only in f"{one.name} {one.database}"]
    if restate() is None:
        print("Restate is left out: it is fetched with npm, which is not installed", flush=True)  # noqa: T201
        engines = [one for one in engines if one.name != "Restate"]
    results: dict[Engine, list[Result]] = {engine: [] for engine in engines}
    for _ in range(said.rounds):
        for engine in engines:
            results[engine].append(contest.run(engine, said.cases))
            print(f"{engine.name} on {engine.database}: {results[engine][-1].rate:.2f} cases/s", flush=True)  # noqa: T201
    rates = {engine: sorted(one.rate for one in found)[len(found) // 2] for engine, found in results.items()}
    best = max((rate for engine, rate in rates.items() if engine.grain.startswith("bulk")), default=0.0)
    return [line(engine, found, best, *rest(contest, engine, said)) for engine, found in results.items()]


def rest(contest: Contest, engine: Engine, said: argparse.Namespace) -> tuple[str, str]:
    """Memory with waiting cases, and what a kill costs, where they are measured."""
    if not engine.kills:
        return "", ""
    waiting = [0, said.few, *([said.many] if engine.many else [])]
    memory = " / ".join(f"{contest.waiting(engine, number):,.0f}" for number in waiting)
    seconds, twice = contest.killed(engine, said.cases)
    return memory, f"{seconds:.1f}, {twice}"


def table(rows: list[list[str]], said: argparse.Namespace) -> str:
    """Markdown."""
    head = [name.format(few=f"{said.few:,}", many=f"{said.many:,}") for name in HEAD]
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join([machine(said), "", *lines])


def machine(said: argparse.Namespace) -> str:
    """How often, where and when."""
    return f"{said.cases} cases, {said.rounds} rounds (median, least–most). {section.machine()}"


def main() -> None:
    """Measure, print, and write when asked to."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--cases", type=int)
    ask.add_argument("--rounds", type=int)
    ask.add_argument("--few", type=int)
    ask.add_argument("--many", type=int)
    ask.add_argument("--only", default="", help="engines whose name and database contain this")
    ask.add_argument("--quick", action="store_true", help="60 cases, two rounds, 100 and 300 waiting")
    ask.add_argument("--write", action="store_true")
    said = ask.parse_args()
    usual = (60, 2, 100, 300) if said.quick else (300, 3, 1000, 10_000)
    for name, number in zip(("cases", "rounds", "few", "many"), usual, strict=True):
        setattr(said, name, getattr(said, name) or number)
    with servers() as known:
        contest = Contest(known)
        rows = measured(contest, said)
        rows += [] if said.only else [stock(contest, max(2, said.cases // 100), rows)]
    text = table(rows, said)
    print(text)  # noqa: T201
    if said.write:
        section.put("the common case", text)


if __name__ == "__main__":
    main()
