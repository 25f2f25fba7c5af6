"""All make-believe partners at once: in one process of their own, or within a test."""

import signal
import threading
from contextlib import ExitStack
from datetime import datetime
from typing import Any, Self

import httpx
from fastapi import FastAPI
from pydantic_settings import BaseSettings, SettingsConfigDict

from integrations.airline.simulator import create_simulator as airline
from integrations.consulate.simulator import create_simulator as consulate
from integrations.messaging.simulator import MailCatcher
from integrations.messaging.simulator import create_simulator as messaging
from integrations.partner.simulator import create_simulator as partner
from integrations.serving import Served
from integrations.tls import trusted

PARTNERS = ("nadia", "tariq")


class SimulatorSettings(BaseSettings):
    """Prefix ``SIM_``: one token, one webhook secret, where webhooks go, and a port each (0: a free one)."""

    model_config = SettingsConfigDict(env_prefix="SIM_", extra="ignore", hide_input_in_errors=True)

    host: str = "127.0.0.1"
    token: str
    webhook_secret: str
    webhook_base: str
    airline_port: int = 0
    consulate_port: int = 0
    partner_nadia_port: int = 0
    partner_tariq_port: int = 0
    sms_port: int = 0
    smtp_port: int = 0


class SimulatorClient:
    """Looks at the simulators' ground truth and moves their clocks, from any process.

    Every verb raises httpx.HTTPError when a simulator does not answer well.
    """

    def __init__(self, urls: dict[str, str]) -> None:
        self.urls = urls
        self._http = httpx.Client(timeout=10, trust_env=False, verify=trusted())

    def truth(self) -> dict[str, Any]:
        """What really happened, by simulator."""
        return {name: self._asked(url, "truth") for name, url in self.urls.items()}

    def mails(self) -> list[dict[str, Any]]:
        """Every e-mail so far, oldest first: to, subject, text."""
        found: list[dict[str, Any]] = self._asked(self.urls["sms"], "mails")
        return found

    def pending(self) -> int:
        """How many webhooks and steps are still on their way."""
        return sum(self._asked(url, "pending")["pending"] for url in self.urls.values())

    def set_clock(self, now: datetime) -> None:
        """Move every clock."""
        for url in self.urls.values():
            self._http.put(f"{url}/_sim/clock", json={"now": now.isoformat()}).raise_for_status()

    def reset(self) -> None:
        """Empty every simulator; clocks and webhook addresses stay."""
        for url in self.urls.values():
            self._http.post(f"{url}/_sim/reset").raise_for_status()

    def close(self) -> None:
        """Give the sockets back."""
        self._http.close()

    def _asked(self, url: str, door: str) -> Any:
        return self._http.get(f"{url}/_sim/{door}").raise_for_status().json()


class Simulators(SimulatorClient):
    """Serves all of them while the ``with`` block lasts."""

    def __init__(self, settings: SimulatorSettings) -> None:
        super().__init__({})
        self.settings, self._open = settings, ExitStack()
        self._served: list[Served] = []
        self.mail = MailCatcher(settings.host, settings.smtp_port)
        self.smtp_port = self.mail.port

    def apps(self) -> dict[str, tuple[FastAPI, int]]:
        """Each application with its port."""
        known = self.settings
        keys: dict[str, Any] = {"token": known.token, "webhook_secret": known.webhook_secret}
        base = f"{known.webhook_base}/webhooks"
        apps = {
            "airline": (airline(**keys, webhook_url=f"{base}/airline"), known.airline_port),
            "consulate": (consulate(**keys, webhook_url=f"{base}/consulate"), known.consulate_port),
            "sms": (messaging(**keys, webhook_url=f"{base}/messaging", mail=self.mail), known.sms_port),
        }
        for name in PARTNERS:
            app = partner(**keys, webhook_url=f"{base}/partner/{name}", name=name)
            apps[f"partner_{name}"] = app, getattr(known, f"partner_{name}_port")
        return apps

    def __enter__(self) -> Self:
        """Start all of them or none. Raises OSError for a taken port, RuntimeError when one does not come up."""
        with ExitStack() as undo:
            undo.callback(self._open.close)
            self._open.callback(self.close)
            self._open.callback(self.mail.stop)
            self.mail.start()
            for name, (app, port) in self.apps().items():
                served = self._open.enter_context(Served(app, host=self.settings.host, port=port))
                self._served.append(served)
                self.urls[name] = served.url
            undo.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        """Stop them, all at once."""
        for served in self._served:
            served.ask_to_stop()
        self._open.close()


def main() -> None:
    """Serve until SIGTERM or Ctrl-C."""
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    with Simulators(SimulatorSettings()):
        over.wait()


if __name__ == "__main__":
    main()
