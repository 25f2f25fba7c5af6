"""A house with one case and a real gateway on a socket: an SMS simulator and a mail server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from pydantic import SecretStr
from sqlmodel import select

from integrations.messaging.simulator import MailCatcher, create_simulator
from integrations.serving import Served
from models.database import Database
from models.effect import Effect, EffectState
from models.message import Message
from tests.journeys.light import Light
from workflows.house import WorldSettings

TOKEN, SECRET, PUBLIC = "a token", "a webhook secret", "https://page.example"
MAIL = {"channel": "email", "address": "post@example.org", "from_hour": 8, "to_hour": 20, "preference": 2}


class Gateway:
    """The two servers, and what arrived at them."""

    def __init__(self, sms_url: str, mail: MailCatcher) -> None:
        self.sms_url, self.mail = sms_url, mail

    @property
    def texts(self) -> list[dict[str, Any]]:
        """Every SMS so far."""
        messages: list[dict[str, Any]] = httpx.get(f"{self.sms_url}/_sim/truth", trust_env=False).json()["messages"]
        return messages

    def settings(self, **over: Any) -> WorldSettings:
        """Where they are."""
        known: dict[str, Any] = {
            "sms_url": self.sms_url, "sms_token": SecretStr(TOKEN), "sms_webhook_secret": SecretStr(SECRET),
            "smtp_port": self.mail.port, "public_url": PUBLIC, "partner_timeout": 5,
        }  # fmt: skip
        return WorldSettings(_env_file=None, **{**known, **over})


@contextmanager
def gateway() -> Iterator[Gateway]:
    """Both servers while the block lasts; notices go nowhere."""
    mail = MailCatcher("127.0.0.1", 0)
    mail.start()
    try:
        with Served(create_simulator(token=TOKEN, webhook_secret=SECRET)) as served:
            yield Gateway(served.url, mail)
    finally:
        mail.stop()


@contextmanager
def case_of(database: Database, servers: Gateway, **over: Any) -> Iterator[Light]:
    """One case in a house that reaches the servers; a second channel is the person's e-mail."""
    light = Light(database)
    light.house.world.settings = servers.settings(**over)
    light.say("contact_change", {"contact": MAIL, "how": "in_person"})
    try:
        yield light
    finally:
        light.house.world.close()


def rows(light: Light) -> list[Message]:
    """Every message of the house, the oldest first."""
    with light.house.database.reading() as session:
        return sorted(session.exec(select(Message)).all(), key=lambda one: one.id)


def effect_of(light: Light, row: Message) -> Effect:
    """Its row in the ledger."""
    with light.house.database.reading() as session:
        return session.get_one(Effect, row.effect_id)


__all__ = ["EffectState", "Gateway", "case_of", "effect_of", "gateway", "rows"]
