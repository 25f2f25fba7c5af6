"""A house whose partners live in the same process, on one agenda, on a database that is thrown away."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import event

from api.cli.cast import PLACES
from integrations.airline import in_process as airline
from integrations.airline.simulated_world import World as AirWorld
from integrations.consulate import in_process as consulate
from integrations.consulate.simulated_world import ConsulateWorld
from integrations.in_process import Agenda, AgendaErrands, Faults
from integrations.messaging import in_process as messaging
from integrations.messaging.simulated_world import MessagingWorld
from integrations.partner import in_process as partner
from integrations.partner.simulated_world import PartnerWorld
from integrations.simulators import PARTNERS
from models.database import Database
from models.handover import Partner
from models.migrate import upgrade
from models.vault import Keyring
from workflows.commands import Change
from workflows.house import House, World, WorldSettings
from workflows.inbox import receive, understand

SECRET = "whsec_" + "c2lsYS1zaW11bGF0aW9uLXNlY3JldC1vZi0zMi1ieXRlcw=="
KEYRING = Keyring({"k1": bytes(range(32))})
Wake = Callable[[Change], None]


@dataclass
class Truths:
    """What the partners know, whatever we believe."""

    airline: AirWorld
    consulate: ConsulateWorld
    messaging: MessagingWorld
    partners: dict[str, PartnerWorld]


@dataclass
class Simulated:
    """The house, its agenda and the ground truth."""

    house: House
    agenda: Agenda
    truths: Truths = field(init=False)
    wake: Wake = lambda _change: None

    def hear(self, url: str, body: bytes, headers: Mapping[str, str]) -> bool:
        """A webhook: stored, understood, and the case woken, as at the door. Signatures are the doors' business."""
        source, _, query = url.partition("://")[2].partition("?")
        text = body.decode()
        if source == "messaging":
            text = json.dumps({"form": dict(parse_qsl(text, keep_blank_values=True)), "key": query.partition("=")[2]})
        name = headers.get("webhook-id") or hashlib.sha256(body).hexdigest()
        inbound_id, is_new = receive(self.house, source, name[:120], text)
        if is_new and (change := understand(self.house, inbound_id)):
            self.wake(change)
        return True


@contextmanager
def simulated(agenda: Agenda, faults: Faults) -> Iterator[Simulated]:
    """A house for as long as the block lasts."""
    with TemporaryDirectory(prefix="sila-simulation-") as folder:
        path = Path(folder) / "sila.db"
        path.write_bytes(migrated())
        database = Database(f"sqlite:///{path}", KEYRING)
        event.listen(database.engine, "connect", hurry)
        furnish(database)
        house = House(database, agenda, World(WorldSettings(_env_file=None)))
        made = Simulated(house, agenda)
        made.truths = furnished(house.world, agenda, faults, made.hear)
        yield made
        database.close()


@cache
def migrated() -> bytes:
    """An empty database in its newest form: migrations take as long as a dozen pushes, so they run once a process."""
    with TemporaryDirectory(prefix="sila-empty-") as folder:
        path = Path(folder) / "sila.db"
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()


def hurry(connection: Any, _record: object) -> None:
    """What is thrown away anyway need not survive a power failure."""
    connection.execute("PRAGMA synchronous = OFF")


def furnish(database: Database) -> None:
    """Partners with an agreement."""
    with database.unit_of_work() as session:
        for code in PARTNERS:
            session.add(Partner(code=code, countries=list(PLACES), agreement_until=date(2099, 12, 31)))


def furnished(world: World, agenda: Agenda, faults: Faults, deliver: Any) -> Truths:
    """Everybody outside, in this process; they take the time that people take."""

    def errands(least: timedelta, most: timedelta) -> AgendaErrands:
        return AgendaErrands(agenda, deliver, pace(agenda.rng, least, most))

    hour, day = timedelta(hours=1), timedelta(days=1)
    quick = pace(agenda.rng, hour / 60, hour / 6)
    known = vars(world)
    known["airline"], air = airline.open_in_process(agenda, deliver, quick, faults, secret=SECRET, hook="in://airline")
    known["consulate"], consular = consulate.open_in_process(
        errands(2 * day, 12 * day), faults, secret=SECRET, hook="in://consulate"
    )
    known["messenger"], gateway = messaging.open_in_process(
        errands(hour / 60, hour / 2), faults, secret=SECRET, hook="in://messaging"
    )
    opened = {
        name: partner.open_in_process(
            name, errands(3 * hour, 3 * day), faults, secret=SECRET, hook=f"in://partner/{name}"
        )
        for name in PARTNERS
    }
    known["partners"] = {name: adapter for name, (adapter, _) in opened.items()}
    return Truths(air, consular, gateway, {name: office for name, (_, office) in opened.items()})


def pace(rng: Random, least: timedelta, most: timedelta) -> Callable[[float], timedelta]:
    """Somebody takes between the least and the most for a step."""
    return lambda _seconds: timedelta(seconds=rng.uniform(least.total_seconds(), most.total_seconds()))
