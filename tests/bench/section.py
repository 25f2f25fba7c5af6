"""Puts a measured text into its own place of BENCHMARKS.md, instead of the one that stood there."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "BENCHMARKS.md"
NAMES = ("prefect", "sqlalchemy", "sqlmodel")


def machine() -> str:
    """Where, when and with what."""
    known = ", ".join(f"{name} {version(name)}" for name in NAMES)
    asks = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asks, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    load = "/".join(f"{one:.1f}" for one in os.getloadavg())
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    return f"{day}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}, {known}, commit {commit}."


def table(head: list[str], rows: list[list[str]]) -> str:
    """Markdown."""
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))


def placed(page: str, heading: str, text: str) -> str:
    """The page with the text between the marks of its heading; with both at the end when it had none."""
    begin, end = f"<!-- {heading} -->", f"<!-- end of {heading} -->"
    if begin not in page:
        return f"{page.rstrip()}\n\n## {heading}\n\n{begin}\n{text}\n{end}\n"
    before, _, others = page.partition(begin)
    return f"{before}{begin}\n{text}\n{end}{others.partition(end)[2]}"


def put(heading: str, text: str) -> None:
    """Write it."""
    PAGE.write_text(placed(PAGE.read_text(), heading, text))
