"""What processes cost, from /proc: CPU seconds of trees, memory. Only the standard library: peers import it too."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def fields(pid: int) -> list[str]:
    """The numbers of ``/proc/PID/stat`` after the command's name; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def tree(pids: Iterable[int]) -> set[int]:
    """The processes given and all that descend from them."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (known := fields(int(entry.name))):
            parents.setdefault(int(known[1]), []).append(int(entry.name))
    found, left = set[int](), list(pids)
    while left:
        pid = left.pop()
        found.add(pid)
        left += parents.get(pid, [])
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of trees, with what has already ended in them."""
    known = [numbers for pid in tree(pids) if (numbers := fields(pid))]
    return sum(int(ticks) for numbers in known for ticks in numbers[11:15]) / TICKS


def memory_mib(pids: Iterable[int]) -> float:
    """Proportional set size of trees."""
    total = 0
    for pid in tree(pids):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024
