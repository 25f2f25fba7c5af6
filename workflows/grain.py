"""How fine a tick shows in Prefect, by the number of cases that are due, and what it has done so far."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FEW = 20  # due at once: up to here operations staff see each stage as a run
SECONDS = 50.0  # then the next tick goes on, which may be another worker's
MOST_NAMED = 50  # cases that a run's message names
FAILED = "failed"


def failures(kinds: Mapping[str, str]) -> dict[str, str]:
    """Cases that went wrong, each with the kind of trouble."""
    return {ref: f"{FAILED}: {kind}" for ref, kind in kinds.items()}


@dataclass
class Tally:
    """What became of each case of a tick, by its reference: what it waits for, or ``failed``."""

    said: dict[str, str] = field(default_factory=dict)
    in_bulk: bool = False
    began: float = field(default_factory=time.monotonic)

    def left(self, refs: Iterable[str]) -> list[str]:
        """Those that this tick has not had yet."""
        return [ref for ref in refs if ref not in self.said]

    def add(self, said: Mapping[str, str]) -> None:
        """Some more cases."""
        self.said |= said

    def is_over(self) -> bool:
        """Whether it is for the next tick to go on."""
        return time.monotonic() - self.began > SECONDS

    def failed(self) -> list[str]:
        """The cases whose push failed."""
        return [ref for ref, said in self.said.items() if said.startswith(FAILED)]

    def name(self) -> str:
        """The name of the state that the run ends in."""
        failed = len(self.failed())
        done = f"Pushed {len(self.said)}" if self.said else "Nothing due"
        return f"{done}, {failed} failed" if failed else done

    def table(self) -> list[dict[str, object]]:
        """For operations staff: how many cases wait for what, with one of them as an example, the most first."""
        by_end: dict[str, list[str]] = {}
        for ref, said in self.said.items():
            by_end.setdefault(said, []).append(ref)
        rows = sorted(by_end.items(), key=lambda row: (-len(row[1]), row[0]))
        return [{"ended": said, "cases": len(refs), "for example": refs[0]} for said, refs in rows]
