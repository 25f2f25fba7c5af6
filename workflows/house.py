"""Wiring: the one place where settings become a database, a clock and partners."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from integrations.airline import Airline, open_airline
from integrations.consulate import Consulate, open_consulate
from integrations.http import TURNS, Busy
from integrations.messaging import Messenger, open_messenger
from integrations.partner import PartnerAdapter, ReintegrationPartner
from models.clock import Clock
from models.database import Database
from models.settings import RecordSettings
from models.turns import NoTurn, turn
from workflows import name_search  # noqa: F401 - whoever is written by any process can be found
from workflows.pathways import add_folder

PATIENCE = 5.0  # seconds that a call waits for its turn


class WorldSettings(BaseSettings):
    """Where the partners are and how we show who we are; real and simulated differ here only."""

    model_config = SettingsConfigDict(env_prefix="SILA_", env_file=".env", extra="ignore", env_ignore_empty=True)

    airline_url: str = "http://127.0.0.1:4301"
    airline_token: SecretStr = SecretStr("")
    airline_webhook_secret: SecretStr = SecretStr("")
    consulate_url: str = "http://127.0.0.1:4302"
    consulate_token: SecretStr = SecretStr("")
    consulate_webhook_secret: SecretStr = SecretStr("")
    partner_urls: dict[str, str] = {}
    partner_token: SecretStr = SecretStr("")
    partner_webhook_secret: SecretStr = SecretStr("")
    sms_url: str = "http://127.0.0.1:4305"
    sms_account: str = "AC0"
    sms_token: SecretStr = SecretStr("")
    sms_webhook_secret: SecretStr = SecretStr("")
    sms_sender: str = "+905550000001"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 4325
    mail_from: str = "post@sila.invalid"
    agency_email: str = "travel@sila.invalid"
    agency_phone: str = "+905550000001"
    public_url: str = "http://127.0.0.1:4200"
    pathways: str = ""
    partner_timeout: float = 15.0
    bulk_from: int = 60  # due cases from which a tick pushes them in batches: see BENCHMARKS.md
    tick_batch: int = 1000  # due cases that one look at the database brings
    airline_timeout: float = 130.0
    calls_at_once: dict[str, int] = {}  # airline, consulate, messaging, partner: no limit where none is named

    @property
    def lease(self) -> timedelta:
        """How long a run holds a case without a sign of life: longer than its slowest call and the reading after."""
        return 2 * self.longest_call + timedelta(seconds=20)

    @property
    def longest_call(self) -> timedelta:
        """After so long no call is under way any more."""
        return timedelta(seconds=max(self.airline_timeout, self.partner_timeout) + PATIENCE * bool(self.calls_at_once))


@dataclass
class World:
    """The partners. A client is opened when it is first spoken to."""

    settings: WorldSettings

    @cached_property
    def airline(self) -> Airline:
        """The airline's API."""
        known = self.settings
        token = known.airline_token.get_secret_value()
        return open_airline(known.airline_url, token, timeout=known.airline_timeout)

    @cached_property
    def consulate(self) -> Consulate:
        """The consulate."""
        known = self.settings
        token = known.consulate_token.get_secret_value()
        return open_consulate(known.consulate_url, token, timeout=known.partner_timeout)

    @cached_property
    def messenger(self) -> Messenger:
        """SMS and e-mail."""
        known = self.settings
        return open_messenger(
            known.sms_url, known.sms_account, known.sms_token.get_secret_value(), known.sms_sender,
            known.smtp_host, known.smtp_port, known.mail_from, timeout=known.partner_timeout,
            callback_url=f"{known.public_url}/webhooks/messaging",
        )  # fmt: skip

    @cached_property
    def partners(self) -> dict[str, ReintegrationPartner]:
        """The receiving partners by their code."""
        token = self.settings.partner_token.get_secret_value()
        return {
            code: PartnerAdapter(url, token, timeout=self.settings.partner_timeout)
            for code, url in self.settings.partner_urls.items()
        }

    def close(self) -> None:
        """Give back the sockets of the clients that were opened."""
        opened = vars(self)
        clients = [opened.get(name) for name in ("airline", "consulate", "messenger")]
        for client in [*clients, *opened.get("partners", {}).values()]:
            if client is not None:
                client.close()


@dataclass
class House:
    """What every command and every run works with."""

    database: Database
    clock: Clock
    world: World


@contextmanager
def taking_turns(database: Database, limits: Mapping[str, int], partner: str, base_url: str) -> Iterator[None]:
    """A call to a partner, when it has its turn; its limit counts for each address. Raises Busy."""
    with ExitStack() as leaving:
        if (most := limits.get(partner)) is not None:
            try:
                leaving.enter_context(turn(database, f"{partner} {base_url}", most, PATIENCE))
            except NoTurn:
                raise Busy from None
        yield


def open_house(records: RecordSettings | None = None, world: WorldSettings | None = None) -> House:
    """The house that the environment describes."""
    records, world = records or RecordSettings(), world or WorldSettings()
    if world.pathways:
        add_folder(Path(world.pathways))
    database = Database.from_settings(records)
    TURNS[0] = partial(taking_turns, database, world.calls_at_once)
    return House(database, database.clock(demo=records.demo), World(world))
