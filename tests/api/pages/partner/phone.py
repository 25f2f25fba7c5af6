"""A case that a partner without a system is asked about, and the phone of a caseworker there: mail, SMS, browser.

``base`` says what its link is about: ``/h`` the offer of a handover, ``/p`` the place of return.
"""

import atexit
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from sqlalchemy import make_url
from sqlmodel import select

from api.cli.simulate.world import Simulated, furnished
from api.main import create_app
from api.settings import DoorSettings
from integrations.in_process import Agenda, Faults
from integrations.messaging.catcher import MailCatcher
from integrations.messaging.mail import SmtpMail
from integrations.messaging.messenger import TwoWayMessenger
from integrations.serving import Served
from integrations.tls import trusted
from models.clock import wall as real_wall
from models.database import Database
from models.handover import Partner
from models.risk_assessment import CountryInput
from models.tables import METADATA
from tests import databases
from tests.api.pages.browser import Forms
from tests.journeys.office import Offering
from workflows.house import House, World, WorldSettings
from workflows.messages.outbox import post_waiting
from workflows.partner_link import keep_contact, link_for

POINTS: dict[str, Callable[[Offering], bool]] = {
    "/h": lambda one: "handover.waiting" in one.codes(),
    "/p": lambda one: bool(one.rows(CountryInput)),
}
PHONE, MAIL = "+993651234567", "desk@partner.example"


class Wall:
    """The machine's own time, by which links live; a test may move it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return real_wall() + self.ahead


class Phone:
    """A browser of a partner's caseworker, with the e-mails and text messages that reach them."""

    def __init__(self, url: str, one: Offering, wall: Wall, mail: MailCatcher, base: str = "/h") -> None:
        self.url, self.one, self.wall, self.mail, self.base = url, one, wall, mail, base
        self.others: list[Phone] = []
        self.http = httpx.Client(base_url=url, trust_env=False, verify=trusted(), follow_redirects=True, timeout=60)

    def another(self) -> "Phone":
        """Another device in the same office."""
        self.others.append(Phone(self.url, self.one, self.wall, self.mail, self.base))
        return self.others[-1]

    def close(self) -> None:
        """Put it away, and the others with it."""
        for other in self.others:
            other.close()
        self.http.close()

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.http.get(path)

    def submit(self, page: httpx.Response, action: str, **said: Any) -> httpx.Response:
        """Fill in and send the form of a page whose address is like ``action``."""
        where, fields = next(one for one in Forms(page.text).forms if re.search(action, one[0]))
        return self.http.post(where, data={**fields, **said})

    def token(self) -> str:
        """The token of the newest link that came by e-mail."""
        post_waiting(self.one.house)
        return re.findall(rf"{self.base}/([\w-]+)", " ".join(mail.text for mail in self.mail.mails))[-1]

    def made(self) -> str:
        """A link that nobody was sent, to the newest handover."""
        with self.one.house.database.unit_of_work() as session:
            return link_for(session, self.one.newest(session), "sila", self.wall(), "en")

    def codes(self) -> list[str]:
        """Every code that came by text message."""
        sent = [one.text for one in self.one.made.truths.messaging.messages if one.to == PHONE]
        return [re.findall(r"\b\d{6}\b", text)[-1] for text in sent]

    def ask_code(self, token: str) -> httpx.Response:
        """Open a link and have a code sent."""
        return self.submit(self.get(f"{self.base}/{token}"), "/code$")

    def enter(self, token: str | None = None) -> httpx.Response:
        """Open a link with its code."""
        page = self.ask_code(token or self.token())
        return self.submit(page, "/open$", code=self.codes()[-1])

    def say(self, name: str, **said: Any) -> httpx.Response:
        """Fill in one form of the handover and send it."""
        return self.submit(self.get(f"/h/word/{name}"), f"/word/{name}$", **said)

    def show(self, what: str) -> httpx.Response:
        """Open what was sent, as the button on the page does."""
        page = self.get("/h")
        forms = [fields for where, fields in Forms(page.text).forms if where.endswith("/show")]
        fields = next(one for one in forms if one["what"] == what)
        return self.http.post("/h/show", data=fields)


class Still(Offering):
    """A case as it was when it had been offered; nothing outside goes on but mail and text messages."""

    def __init__(self, database: Database, ref: str, at: datetime) -> None:
        self.agenda = Agenda(at, Random(7))
        self.house = House(database, self.agenda, World(WorldSettings(_env_file=None)))
        self.made = Simulated(self.house, self.agenda)
        self.made.truths = furnished(self.house.world, self.agenda, Faults(Random(1)), self.made.hear)
        self.ref, self.unanswered = ref, set()


def offered(database: Database, area: str, language: str, way: str, base: str, **life: Any) -> Offering:
    """A case that has come so far."""
    one = Offering(database, area, **life)
    with database.unit_of_work() as session:
        session.get_one(Partner, "nadia").way = way
        keep_contact(session, "nadia", language, MAIL, PHONE)
    return one.until(lambda: POINTS[base](one))


@cache
def prepared(language: str, way: str, base: str) -> tuple[Path, str, datetime]:
    """A database file with a case that waits for its partner, made once for a run, with its reference and instant."""
    folder = TemporaryDirectory(prefix="sila-")
    atexit.register(folder.cleanup)
    with databases.fresh(Path(folder.name), None) as database:
        one = offered(database, "Mary SILENT", language, way, base)
        return Path(folder.name) / "sila.db", one.ref, one.now


def waiting(database: Database, language: str, way: str, base: str) -> Offering:
    """The same in a database of one's own."""
    path = make_url(database.url).database
    if not database.url.startswith("sqlite") or path is None:
        return offered(database, "Mary SILENT", language, way, base)
    known, ref, at = prepared(language, way, base)
    with closing(sqlite3.connect(known)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    return Still(database, ref, at)


@contextmanager
def phone_of(
    database: Database, *, goes_on: bool = False, language: str = "en", way: str = "link", base: str = "/h", **life: Any
) -> Iterator[Phone]:
    """A case that a partner which works on our pages is asked about. ``goes_on``: the world outside does, too."""
    mail = MailCatcher()
    mail.start()
    try:
        made = offered(database, "Mary SILENT", language, way, base, **life) if goes_on else None
        one = made or waiting(database, language, way, base)
        with_mail(one, mail.port)
        app = create_app(one.house, DoorSettings(prefect_url="http://127.0.0.1:9"), wall := Wall())
        with Served(app) as served, closing(Phone(served.url, one, wall, mail, base)) as phone:
            yield phone
    finally:
        mail.stop()


def with_mail(one: Offering, port: int) -> None:
    """The messenger of the house posts e-mail to a server that keeps it."""
    sms = one.house.world.messenger._sms  # type: ignore[attr-defined]
    post = SmtpMail("127.0.0.1", port, "post@sila.invalid", starttls=False, timeout=5.0)
    vars(one.house.world)["messenger"] = TwoWayMessenger(sms, post)


def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of every table: two of them are equal when nothing was changed between."""
    with database.reading() as session:
        connection = session.connection()
        tables: list[Any] = list(METADATA.sorted_tables)
        return {table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in tables}


__all__ = ["MAIL", "PHONE", "Phone", "everything", "phone_of"]
