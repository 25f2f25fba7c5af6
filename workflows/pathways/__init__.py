"""Pathways as data: every limit and table with its source and owner, loaded and checked once.

A version is a folder ``<pathway>/<version>/``: ``pathway.toml`` says whose it is and from when it holds, every
other file holds the limits and tables of one noun. A case keeps the version that it started under.
"""

from datetime import date
from functools import cache
from pathlib import Path

from workflows.facts import Rules
from workflows.pathways.files import BadRules, Head, Limit, Version, read_version
from workflows.pathways.row import Row

CURRENT = ("avrr_tr", 1)
FOLDERS = [Path(__file__).parent]


def add_folder(folder: Path) -> None:
    """Look for pathways there too, and there first. Raises BadRules when it is not a folder."""
    if not folder.is_dir():
        raise BadRules(folder, None, "", "there is no such folder: correct SILA_PATHWAYS")
    if folder not in FOLDERS:
        FOLDERS.insert(0, folder)
        load.cache_clear()
        rules_of.cache_clear()


def versions(pathway: str) -> list[int]:
    """Every version that there is, in order."""
    found = {int(path.parent.name) for folder in FOLDERS for path in folder.glob(f"{pathway}/[0-9]*/pathway.toml")}
    return sorted(found)


def current(on: date, pathway: str = CURRENT[0]) -> tuple[str, int]:
    """The version that a case starts under on a day: the highest that holds by then. Raises BadRules."""
    holding = [version for version in versions(pathway) if load(pathway, version).head.valid_from <= on]
    if not holding:
        raise BadRules(Path(pathway), None, "valid_from", f"no version holds on {on}: put one that does")
    return pathway, max(holding)


def folder_of(pathway: str, version: int) -> Path:
    """Where a version is. Raises BadRules when it is nowhere."""
    for folder in FOLDERS:
        if (folder / pathway / str(version) / "pathway.toml").is_file():
            return folder / pathway / str(version)
    raise BadRules(Path(pathway) / str(version), None, "", "there is no such version: put its folder back")


@cache
def load(pathway: str, version: int) -> Version:
    """One version as its files say. Raises BadRules, which names file, line and field."""
    return read_version(folder_of(pathway, version))


@cache
def rules_of(pathway: str, version: int) -> Rules:
    """The limits and tables of a version in the form that stages use."""
    said = load(pathway, version)
    times = {name: limit.time for name, limit in said.times.items()}
    return Rules(pathway, version, times, {name: limit.value for name, limit in said.numbers.items()}, said.tables)


__all__ = [
    "CURRENT", "BadRules", "Head", "Limit", "Row", "Version", "add_folder", "current", "load", "rules_of", "versions",
]  # fmt: skip
