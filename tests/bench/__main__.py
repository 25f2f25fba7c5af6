"""Every measurement of ``make bench``, one after the other: ``python -m tests.bench``.

``--quick`` for a look of some minutes, ``--write`` to put what was measured into BENCHMARKS.md; whatever else is said
is for the comparison with other engines. A part that fails does not keep the others from being measured.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass

from tests.bench.section import ROOT, machine


@dataclass(frozen=True)
class Part:
    """A module, and what it is told: usually, and for a quick look. ``writes``: it has its place in BENCHMARKS.md."""

    name: str
    usual: str = ""
    quick: str = "--quick"
    writes: bool = False
    takes_more: bool = False


PARTS = (
    Part("common", writes=True, takes_more=True),
    Part("growth", writes=True),
    Part("arrivals", writes=True),
    Part("woken", quick="--cases 1000"),
    Part("decisions", "--cases 5000", "--cases 300 --lives 4"),
    Part("workers", quick="--stock 2 --warm 20"),
    Part("status", "--cases 20000", "--cases 2000 --seconds 3"),
    Part("pages", "--cases 20000", "--cases 4000 --rounds 3"),
)


def command(part: Part, said: argparse.Namespace, more: list[str]) -> list[str]:
    """How one part is run."""
    words = (part.quick if said.quick else part.usual).split()
    words += ["--write"] if said.write and part.writes else []
    return [sys.executable, "-m", f"tests.bench.{part.name}", *words, *(more if part.takes_more else [])]


def main() -> None:
    """All parts, or those named. Ends with 1 when one failed."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--quick", action="store_true")
    ask.add_argument("--write", action="store_true")
    ask.add_argument("--parts", nargs="+", choices=[part.name for part in PARTS], default=None)
    said, more = ask.parse_known_args()
    failed, began = [], time.monotonic()
    print(machine(), flush=True)  # noqa: T201
    for part in PARTS:
        if said.parts and part.name not in said.parts:
            continue
        since = time.monotonic()
        print(f"\n## {part.name}", flush=True)  # noqa: T201
        done = subprocess.run(command(part, said, more), cwd=ROOT)
        failed += [part.name] if done.returncode else []
        print(f"{part.name}: {time.monotonic() - since:.0f} s", flush=True)  # noqa: T201
    print(f"\n{time.monotonic() - began:.0f} s in all{', failed: ' + ', '.join(failed) if failed else ''}")  # noqa: T201
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
