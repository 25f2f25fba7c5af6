"""What the comparison counts is what was done, and the other engines' programs can be read without installing them."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.bench.common.__main__ import percentile
from tests.bench.common.contest import LOCK, Contest, Engine, Servers, spread
from tests.bench.common.proc import cpu_seconds, memory_mib, tree
from tests.bench.common.task import ACTIVITIES, Truth
from tests.bench.section import placed

PEERS = sorted((Path(__file__).parent / "common" / "peers").glob("*_case.py"))
ENGINE = Engine("played", "sqlite", "none")


class Played(Contest):
    """An engine that does what it is told to have done."""

    def __init__(self, done: list[tuple[str, str]]) -> None:
        super().__init__(Servers("", 0, "", 0))
        self.does = done

    def ask(self, engine: Engine, database: str, truth: Path, cases: int, mode: str) -> dict[str, Any]:
        """As a program would."""
        for case, activity in self.does:
            Truth(truth).do(case, activity)
        began = {f"{case} {activity}": at for case, activity, at in Truth(truth).done()}
        sent = {"c0 2.1": began["c0 2.1"] - 0.25} if "c0 2.1" in began else {}
        told: dict[str, Any] = json.loads(json.dumps({"seconds": 2.0, "cpu": 0.5, "sent": sent}))
        return told


ALL = [(f"c{case}", activity) for case in range(2) for activity in ACTIVITIES]


def test_a_case_counts_when_each_of_its_activities_was_done_once() -> None:
    result = Played(ALL).run(ENGINE, 2)
    assert (result.rate, result.cpu) == (1.0, 250.0)
    assert result.latencies == pytest.approx([250.0], abs=0.01)


@pytest.mark.parametrize("done", [ALL[1:], [*ALL, ALL[0]], [*ALL[1:], ALL[1]]])
def test_what_was_not_done_or_done_twice_ends_the_measurement(done: list[tuple[str, str]]) -> None:
    with pytest.raises(AssertionError, match="not each done once"):
        Played(done).run(ENGINE, 2)


def test_figures_are_the_median_with_its_spread() -> None:
    assert spread([3.0, 1.0, 2.0]) == "2.0 (1.0–3.0)"
    assert [percentile([float(n) for n in range(100)], share) for share in (0.5, 0.95)] == [50.0, 95.0]
    assert percentile([], 0.5) == 0.0


def test_a_process_is_in_its_own_tree_and_costs_something() -> None:
    assert tree([1]) >= {1}
    assert cpu_seconds([1]) >= 0
    assert memory_mib(tree([int(Path("/proc/self").readlink().name)])) > 1


@pytest.mark.parametrize("peer", PEERS, ids=lambda path: path.stem)
def test_a_peer_can_be_read_and_needs_only_what_is_locked(peer: Path) -> None:
    found = ast.parse(peer.read_text())
    compile(found, str(peer), "exec")
    names = {node.module for node in ast.walk(found) if isinstance(node, ast.ImportFrom) and node.module}
    assert "tests.bench.common.task" in names
    ours = {name for name in names if name.split(".")[0] in ("models", "workflows", "api", "integrations", "tests")}
    assert ours == {"tests.bench.common.task"}
    assert LOCK.read_text().count("--hash=sha256:") == LOCK.read_text().count("==")


def test_what_is_measured_stands_in_its_place_once_and_nothing_else_is_touched() -> None:
    page = placed("# Benchmarks\n\n## Pages\n", "Growth", "first")
    again = placed(page + "\n## Others\n", "Growth", "second")
    assert page.startswith("# Benchmarks\n\n## Pages\n")
    assert again == page.replace("first", "second") + "\n## Others\n"
