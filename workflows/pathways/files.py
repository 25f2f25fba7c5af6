"""Reads the files of one version. What is wrong in them is said with file, line and field."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from workflows.pathways import tables
from workflows.pathways.row import Row

HEAD = "pathway.toml"


class BadRules(ValueError):
    """A file of rules that cannot be used: which one, which line and field, and what is the matter."""

    def __init__(self, path: Path, line: int | None, name: str, trouble: str) -> None:
        where = f"{path}" + (f", line {line}" if line else "") + (f", {name}" if name else "")
        super().__init__(f"{where}: {trouble}")
        self.path, self.line, self.name = path, line, name


class Limit(BaseModel):
    """One number with what it is, who says so, who answers for it and since when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Decimal
    unit: str
    source: str
    owner: str = ""
    valid_from: date | None = None
    legal: bool = False


class Time(Limit):
    """A duration. Months and years are numbers, because they are counted on a calendar."""

    unit: Literal["minutes", "hours", "days", "weeks"]

    @property
    def time(self) -> timedelta:
        """As a duration."""
        return timedelta(**{self.unit: float(self.value)})


class Number(Limit):
    """An amount, a count or a length on a calendar."""

    unit: Literal[
        "tries", "EUR", "TRY", "percent", "persons", "points", "months", "years", "weeks", "days", "working_days",
        "hours", "channels", "quotes", "share", "instalments", "messages",
    ]  # fmt: skip


class Head(BaseModel):
    """Whose version it is, and from which day a new case starts under it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pathway: str
    version: int
    valid_from: date
    owner: str


@dataclass
class Version:
    """Everything that one version says."""

    head: Head
    times: dict[str, Time] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    tables: dict[type[Row], tuple[Row, ...]] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)


def read_version(folder: Path) -> Version:
    """Read a folder. Raises BadRules."""
    said = Version(checked(Head, folder / HEAD, parsed(folder / HEAD)))
    for path in sorted(folder.glob("*.toml")):
        if path.name != HEAD:
            take(said, path, parsed(path))
    return said


def take(said: Version, path: Path, data: Mapping[str, Any]) -> None:
    """Add what one file holds; nothing is said twice."""
    owner = data.get("owner", said.head.owner)
    for name, part in data.items():
        if name == "times":
            put(said, said.times, path, fitted(dict[str, Time], path, part, "times"), owner)
        elif name == "numbers":
            put(said, said.numbers, path, fitted(dict[str, Number], path, part, "numbers"), owner)
        elif name in Row.kinds:
            kind: Any = Row.kinds[name]
            rows = fitted(list[kind], path, part, name)
            put(said, said.tables, path, {kind: tuple(owned(row, owner, said) for row in rows)}, owner)
        elif name != "owner":
            raise BadRules(path, line_of(path, (name,)), name, "unknown section: correct its name or take it out")


def put(said: Version, into: dict[Any, Any], path: Path, found: Mapping[Any, Any], owner: str) -> None:
    """Take over; a name that another file has too is refused."""
    for name, value in found.items():
        if name in into:
            raise BadRules(path, line_of(path, (str(name),)), str(name), "said in another file too: keep one of them")
        into[name] = owned(value, owner, said) if isinstance(value, Limit) else value
        said.origin[name if isinstance(name, str) else name.table] = path.name


def owned(value: Any, owner: str, said: Version) -> Any:
    """With the owner and the date of its file where it names none of its own."""
    known = {"owner": value.owner or owner, "valid_from": value.valid_from or said.head.valid_from}
    return value.model_copy(update=known)


def parsed(path: Path) -> dict[str, Any]:
    """A file as plain values. Raises BadRules with the line that does not read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise BadRules(path, int(line[1]) if line else None, "", str(error)) from None


def checked(kind: type[Head], path: Path, data: dict[str, Any]) -> Head:
    """The head, checked."""
    head: Head = fitted(kind, path, data)
    return head


def fitted(kind: Any, path: Path, data: Any, *section: str) -> Any:
    """Plain values as what they should be. Raises BadRules for the first that does not fit."""
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = (*section, *first["loc"])
        raise BadRules(path, line_of(path, name), ".".join(map(str, name)), first["msg"]) from None


def line_of(path: Path, name: tuple[Any, ...]) -> int | None:
    """The line of a field as near as the text tells: its own, else that of its row or its section."""
    lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
    section = [line for line in lines if line[1].strip() in (f"[{name[0]}]", f"[[{name[0]}]]")]
    rows = [line for line in section if line[1].strip().startswith("[[")]
    start = rows[name[1]] if rows and len(name) > 1 and isinstance(name[1], int) else next(iter(section), None)
    rest = [line for line in lines if start is None or line[0] > start[0]]
    keys = [str(part) for part in reversed(name) if not isinstance(part, int)]
    found = next(found_in(rest, keys), None)
    return found or (start[0] if start else None)


def found_in(lines: list[tuple[int, str]], keys: list[str]) -> Iterator[int]:
    """The lines that set one of the keys, the innermost first."""
    for key in keys:
        for number, text in lines:
            if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", text):
                yield number


__all__ = ["BadRules", "Head", "Limit", "Number", "Time", "Version", "read_version", "tables"]
