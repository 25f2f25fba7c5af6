"""The common case through this product: ``python -m tests.bench.common.sila``; see ``tests.bench.common.task``.

``--grain bulk`` pushes what is due in batches, ``single`` one case at a time; with ``+prefect`` each push, or all that
is due, is a run of the product's own flows on a Prefect server (``PREFECT_API_URL``).
"""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

from sqlmodel import col, func, select

from models.case import Case
from models.clock import SystemClock
from models.database import Database
from models.migrate import upgrade
from models.question import StandingRow
from models.vault import Keyring
from tests.bench.common.process import SIGNALS, common, open_many
from tests.bench.common.task import AT_ONCE, Asked, Watch, asked, tell
from workflows import flows
from workflows.advance import advance
from workflows.bulk import push_many
from workflows.due import due_refs
from workflows.house import House, World, WorldSettings
from workflows.inbox import receive, understand

KEYRING = Keyring({"k1": bytes(range(32))})
Push = Callable[[House, Sequence[str]], None]


def singly(house: House, refs: Sequence[str]) -> None:
    """One case at a time."""
    for ref in refs:
        advance(house, ref)


def in_bulk(house: House, refs: Sequence[str]) -> None:
    """Many at a time."""
    assert not push_many(house, refs).failed


def singly_with_prefect(house: House, refs: Sequence[str]) -> None:
    """A run of ``return-case`` for each, with its subflows."""
    for ref in refs:
        asyncio.run(flows.return_case(ref, return_state=True))


def in_bulk_with_prefect(house: House, refs: Sequence[str]) -> None:
    """One run of ``tick`` for all that are due."""
    asyncio.run(flows.tick(return_state=True))


GRAINS: dict[str, Push] = {
    "bulk": in_bulk,
    "single": singly,
    "bulk+prefect": in_bulk_with_prefect,
    "single+prefect": singly_with_prefect,
}


@contextmanager
def house_of(said: Asked) -> Iterator[House]:
    """The house in the database that was named, in its newest form."""
    if said.mode != "resume":
        upgrade(said.database)
    database = Database(said.database, KEYRING)
    settings = WorldSettings(_env_file=None, bulk_from=1, airline_timeout=1.0, partner_timeout=1.0)
    house = House(database, SystemClock(), World(settings))
    flows.house = lambda: house  # type: ignore[assignment]
    with common(said.truth):
        yield house
    database.close()


def live(house: House, said: Asked, watch: Watch) -> None:
    """Until every case is closed, or waits for its first signal."""
    push, opened = GRAINS[said.grain], count(house)
    while True:
        left = open_cases(house)
        if opened < said.cases and (room := min(AT_ONCE - len(left), said.cases - opened) or 0) > 0:
            opened += len(open_many(house, room if said.mode != "wait" else said.cases - opened))
        if due := due_refs(house, 1000):
            push(house, due)
        elif said.mode == "wait" or not (left or opened < said.cases):
            return
        else:
            signal(house, watch)


def signal(house: House, watch: Watch) -> None:
    """A word from outside for every case that waits for one, each through the product's door for messages."""
    with house.database.reading() as session:
        query = select(Case.ref, StandingRow.stage).join(StandingRow, col(StandingRow.case_id) == Case.id)
        waiting = session.exec(query.where(StandingRow.kind == "Waiting", col(Case.closed_at).is_(None))).all()
    for ref, stage in waiting:
        watch.signal(ref, SIGNALS.index(stage) + 1)
        understand(house, receive(house, "bench", str(uuid4()), f"{ref} {stage.value}")[0])


def open_cases(house: House) -> list[str]:
    """References of cases that are not closed."""
    with house.database.reading() as session:
        return list(session.exec(select(Case.ref).where(col(Case.closed_at).is_(None))))


def count(house: House) -> int:
    """How many cases there are."""
    with house.database.reading() as session:
        return session.exec(select(func.count()).select_from(Case)).one()


def main() -> None:
    """Do what was asked for and say what it took."""
    said = asked()
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
    with house_of(said) as house:
        watch = Watch(said)
        live(house, said, watch)
        tell(watch.took(said.cases))


if __name__ == "__main__":
    main()
