"""Prints what a simulation gave."""

import os

from rich.console import Console
from rich.table import Table

from api.cli.simulate.run import YEAR, Part, fingerprint

out = Console(width=120)
GOAL_SECONDS = 60.0


def report(part: Part, seconds: float, seed: int) -> bool:
    """Outcomes, invariants, speed. True when no invariant was broken and no case is left without an end."""
    lived = part.days / YEAR.days
    out.print(outcomes(part))
    out.print(invariants(part))
    broken = sum(len(finding.broken) for finding in part.findings)
    out.print(f"{len(part.lives)} cases, {lived:.0f} case-years, seed {seed}, fingerprint {fingerprint(part)}")
    out.print(f"{sum(f.checked for f in part.findings)} checks of invariants, {broken} violations")
    pace = f"{lived / seconds:.1f} case-years/s on {os.cpu_count()} cores"
    per_thousand = 1000 / lived * seconds
    out.print(f"{seconds:.1f} s ({pace}; {1000 * part.cpu_seconds / lived:.0f} CPU ms a case-year; "
              f"1,000 would take {per_thousand:.0f} s, {per_thousand / GOAL_SECONDS:.1f} x the goal)")  # fmt: skip
    for said, times in part.trouble.most_common(12):
        out.print(f"  refused {times:5d} x {said}", highlight=False)
    return broken == 0


def outcomes(part: Part) -> Table:
    """How the lives ended."""
    table = Table("how it ended", "cases", title="Outcomes")
    for name, times in part.outcomes.most_common():
        table.add_row(name, str(times))
    for name, times in part.counts.most_common():
        table.add_row(f"({name})", str(times))
    return table


def invariants(part: Part) -> Table:
    """What was looked at, and what broke."""
    table = Table("invariant", "looked at", "broken", "for example", title="Invariants")
    for finding in part.findings:
        example = finding.broken[0] if finding.broken else ""
        table.add_row(finding.name, str(finding.checked), str(len(finding.broken)), example)
    return table
