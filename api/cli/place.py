"""One machine's house in one folder: its settings and keys, made once, and the processes that run from it."""

import base64
import fcntl
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import col, func, select

from api.cli.cast import PLACES
from api.cli.furniture import SHELTER_PARTNER, furnish_phone_partner, furnish_shelter
from api.cli.ports import Ports
from models.case import Case
from models.database import Database
from models.handover import Partner
from models.migrate import upgrade
from models.staff import Staff, issue_key
from models.stage import Role
from models.vault import Keyring
from workflows.demo_account import enrol_demo

PORTS = ("api", "airline", "consulate", "partner_nadia", "partner_tariq", "sms", "smtp")
USUAL_PORT, USUAL_PREFECT_PORT = 4300, 4200  # the first of ours; Prefect's
PARTNERS = {"nadia": "Nadia House", "tariq": "Tariq Returns"}


class Place:
    """The folder of one machine. ``usual``: on the ports that its people know, where those are free."""

    def __init__(self, data: Path, *, usual: bool = True) -> None:
        self.data, self.usual = data.resolve(), usual
        self.settings_file, self.keys_file = self.data / "settings.json", self.data / "keys.json"

    def exists(self) -> bool:
        """Whether it was made."""
        return self.settings_file.exists()

    @property
    def said(self) -> dict[str, str]:
        """Its settings."""
        known: dict[str, str] = json.loads(self.settings_file.read_text())
        return known

    @property
    def api_url(self) -> str:
        """Where the API answers."""
        return f"http://127.0.0.1:{self.said['port_api']}"

    @property
    def keys(self) -> dict[str, str]:
        """API keys by handle."""
        known: dict[str, str] = json.loads(self.keys_file.read_text())
        return known

    def urls(self) -> dict[str, str]:
        """The simulators."""
        return {name: f"http://127.0.0.1:{self.said['port_' + name]}" for name in PORTS[1:6]}

    def make(self, demo: bool = True) -> None:
        """Make the folder once: random secrets, free ports, the database, staff with a key each."""
        if self.exists():
            return
        self.data.mkdir(parents=True, exist_ok=True)
        known = {"key": "k1:" + base64.b64encode(secrets.token_bytes(32)).decode(), "demo": str(demo).lower()}
        known |= {
            "token": secrets.token_urlsafe(24),
            "secret": "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        with Ports() as ports:
            private(self.settings_file, known | self.free_ports(ports))
        private(self.keys_file, self.furnish())
        if demo:
            self.enrol()

    def free_ports(self, ports: Ports) -> dict[str, str]:
        """The usual ports, or others where those are taken."""
        wanted = {name: USUAL_PORT + place if self.usual else 0 for place, name in enumerate(PORTS)}
        return {f"port_{name}": str(ports.take(port)) for name, port in wanted.items()}

    def open_cases(self) -> int:
        """How many cases of this folder are open."""
        database = Database(self.environment()["SILA_DATABASE_URL"], Keyring.parse(self.said["key"]))
        with database.reading() as session:
            number = session.exec(select(func.count()).select_from(Case).where(col(Case.closed_at).is_(None))).one()
        database.close()
        return number

    @contextmanager
    def occupied(self) -> Iterator[Ports]:
        """Have the folder for oneself, with ports that are free now and held meanwhile. Raises Occupied."""
        with (self.data / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Occupied(f"Another Sıla runs from {self.data}: stop it, or give another folder.") from None
            with Ports() as ports:
                private(self.settings_file, self.said | self.free_ports(ports))
                yield ports

    def furnish(self) -> dict[str, str]:
        """Tables, partners with an agreement, and a member of staff for each role."""
        url = self.environment()["SILA_DATABASE_URL"]
        upgrade(url)
        database = Database(url, Keyring.parse(self.said["key"]))
        now, keys = datetime.now(UTC), {}
        with database.unit_of_work() as session:
            for code, name in PARTNERS.items():
                session.add(Partner(code=code, name=name, countries=list(PLACES), agreement_until=date(2029, 12, 31)))
                session.add(Staff(handle=f"partner-{code}", roles=[Role.RECEIVING_PARTNER], partner=code))
                keys[f"partner-{code}"] = issue_key(session, f"partner-{code}", now)
            furnish_shelter(session, now)
            furnish_phone_partner(session)
            for role in Role:
                house = SHELTER_PARTNER if role is Role.SHELTER_PARTNER else None
                session.add(Staff(handle=role.value, roles=[role.value], partner=house))
                keys[role.value] = issue_key(session, role.value, now)
        database.close()
        return keys

    def enrol(self) -> None:
        """An account for everybody, with the demo's password; `sila staff code` shows the code."""
        database = Database(self.environment()["SILA_DATABASE_URL"], Keyring.parse(self.said["key"]))
        with database.unit_of_work() as session:
            for handle in self.keys:
                enrol_demo(session, handle, datetime.now(UTC))
        database.close()

    def environment(self) -> dict[str, str]:
        """What our processes need to know."""
        known, urls = self.said, self.urls()
        partners = json.dumps({name: urls[f"partner_{name}"] for name in PARTNERS})
        tokens = {f"SILA_{name}_TOKEN": known["token"] for name in ("AIRLINE", "CONSULATE", "PARTNER", "SMS")}
        secret = {f"SILA_{name}_WEBHOOK_SECRET": known["secret"] for name in ("AIRLINE", "CONSULATE", "PARTNER", "SMS")}
        return tokens | secret | {
            "SILA_DATABASE_URL": f"sqlite:///{self.data / 'sila.db'}",
            "SILA_MASTER_KEYS": known["key"],
            "SILA_DEMO": known["demo"],
            "SILA_AIRLINE_URL": urls["airline"],
            "SILA_CONSULATE_URL": urls["consulate"],
            "SILA_PARTNER_URLS": partners,
            "SILA_SMS_URL": urls["sms"],
            "SILA_SMTP_PORT": known["port_smtp"],
            "SILA_PUBLIC_URL": self.api_url,
            "SILA_AIRLINE_TIMEOUT": "10",
            "SILA_PARTNER_TIMEOUT": "5",
        }  # fmt: skip

    def simulator_environment(self) -> dict[str, str]:
        """What the simulators need to know."""
        known = self.said
        ports = {f"SIM_{name.upper()}_PORT": known[f"port_{name}"] for name in PORTS[1:]}
        return ports | {
            "SIM_TOKEN": known["token"], "SIM_WEBHOOK_SECRET": known["secret"], "SIM_WEBHOOK_BASE": self.api_url,
        }  # fmt: skip


class Occupied(RuntimeError):
    """Another process uses this folder. The message says what to do."""


def private(path: Path, said: dict[str, str]) -> None:
    """Write a file that only its owner reads."""
    path.touch(mode=0o600)
    path.write_text(json.dumps(said, indent=2))
