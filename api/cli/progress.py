"""Shows each case's stage as it moves: a table on a terminal, a line a move in a plain log."""

import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from sqlmodel import select

from models.case import Case
from models.database import Database
from models.question import StandingRow
from models.stage import MAP, Stage

EVERY = 0.5
WORDS = {"Doing": "working", "Asking": "awaiting", "Waiting": "awaiting"}


class Progress(AbstractContextManager["Progress"]):
    """Where every case is. ``stories`` holds a line of text for each reference."""

    def __init__(self, out: Console, database: Database, stories: Mapping[str, str]) -> None:
        self.out, self.database, self.stories = out, database, stories
        self.seen: dict[str, str] = {}
        self.live = Live(console=out, refresh_per_second=4, transient=True) if out.is_terminal else None
        self.next_look = 0.0

    def __enter__(self) -> Self:
        if self.live:
            self.live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            self.live.stop()

    def show(self, now: datetime) -> None:
        """Look again, at most twice a second."""
        if time.monotonic() < self.next_look:
            return
        self.next_look = time.monotonic() + EVERY
        places = self.places()
        if self.live:
            self.live.update(self.table(places, now))
        else:
            self.tell(places, now)
        self.seen = places

    def places(self) -> dict[str, str]:
        """The stage that each case is at, in words."""
        with self.database.reading() as session:
            rows = session.exec(select(Case, StandingRow).where(StandingRow.case_id == Case.id)).all()
        standings: dict[str, dict[Stage, StandingRow]] = {}
        ended = {case.ref: case.outcome for case, _ in rows}
        for case, row in rows:
            standings.setdefault(case.ref, {})[row.stage] = row
        return {ref: ended[ref] or place(by_stage) for ref, by_stage in standings.items() if ref in self.stories}

    def table(self, places: Mapping[str, str], now: datetime) -> Table:
        """Everybody at once."""
        table = Table("case", "story", "now", title=f"{now:%d %B %Y %H:%M}")
        for ref, story in self.stories.items():
            table.add_row(ref, story, places.get(ref, "intake"))
        return table

    def tell(self, places: Mapping[str, str], now: datetime) -> None:
        """A line for each case that moved."""
        for ref, where in places.items():
            if self.seen.get(ref) != where:
                self.out.print(f"{now:%Y-%m-%d %H:%M}  {ref}  {where}", highlight=False)


def place(by_stage: Mapping[Stage, StandingRow]) -> str:
    """What happens or is asked first, else what is waited for first, in the order of the map."""
    for kind in WORDS:
        for stage in MAP:
            row = by_stage.get(stage)
            if row is not None and row.kind == kind:
                of = f" {row.on.replace('_', ' ')}" if row.on else ""
                return f"{stage.value.replace('_', ' ')}: {WORDS[kind]}{of}"
    return "closing"
