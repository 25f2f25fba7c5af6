"""A simulated partner office on a free port, a client for it, and a catcher for its webhooks."""

import base64
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from integrations.partner import (
    ArrivalPackage,
    CountryQuestion,
    FlightLeg,
    HandoverStatus,
    IdentityPackage,
    Package,
    PartnerAdapter,
    PersonData,
    Preview,
    read,
    verify,
)
from integrations.partner.simulator import create_simulator
from integrations.serving import Served

TOKEN = "office-token"
SECRET = "whsec_" + base64.b64encode(b"a partner's webhook secret").decode()


@dataclass
class Caught:
    """Webhooks as they arrived; ``refusals`` is how many are answered with 500 first."""

    refusals: int = 0
    got: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    def notices(self) -> list[Any]:
        """What was said, every signature checked."""
        for body, headers in self.got:
            verify(body, headers, SECRET, now=datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC))
        return [read(body) for body, _ in self.got]

    def events(self) -> list[str]:
        return [one.event for one in self.notices()]


class Office:
    """The office's back doors."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=60)

    def truth(self) -> dict[str, Any]:
        return self.http.get("/_sim/truth").json()

    def set_clock(self, now: datetime) -> None:
        assert self.http.put("/_sim/clock", json={"now": now.isoformat()}).status_code == 200

    def settle(self, seconds: float = 15.0) -> None:
        until = time.monotonic() + seconds
        while self.http.get("/_sim/pending").json()["pending"]:
            assert time.monotonic() < until
            time.sleep(0.01)


@pytest.fixture(scope="session")
def partner_office() -> Iterator[Office]:
    app = create_simulator(token=TOKEN, webhook_secret=SECRET, webhook_url=None, name="nadia", delay=0.03)
    with Served(app) as served:
        office = Office(served.url)
        yield office
        office.http.close()


@pytest.fixture(scope="session")
def partner_hooks() -> Iterator[tuple[str, list[Caught]]]:
    current = [Caught()]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            seen = current[0]
            seen.got.append((body, {name.lower(): value for name, value in self.headers.items()}))
            self.send_response(500 if seen.refusals > 0 else 204)
            seen.refusals -= 1
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hooks", current
    server.shutdown()
    server.server_close()


@pytest.fixture
def office(partner_office: Office) -> Office:
    assert partner_office.http.put("/_sim/webhook", json={"url": None}).status_code == 200
    partner_office.http.post("/_sim/reset")
    partner_office.settle()
    partner_office.set_clock(datetime.now(UTC))
    return partner_office


@pytest.fixture
def caught(office: Office, partner_hooks: tuple[str, list[Caught]]) -> Caught:
    url, current = partner_hooks
    current[0] = Caught()
    office.http.put("/_sim/webhook", json={"url": url})
    return current[0]


@pytest.fixture
def partner(office: Office) -> Iterator[PartnerAdapter]:
    client = PartnerAdapter(office.url, TOKEN, timeout=5)
    yield client
    client.close()


@pytest.fixture
def key() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):032x}"


@pytest.fixture
def preview() -> Callable[..., Preview]:
    def make(area: str = "Kabul", **more: Any) -> Preview:
        today = datetime.now(UTC).date()
        known: dict[str, Any] = {
            "case_code": "c0ffee", "age_bands": ("25-34", "0-5"), "genders": ("woman", "man"), "languages": ("ps",),
            "country": "AF", "area": area, "needs": ("shelter",), "urgency": "urgent", "party_size": 2,
            "arrival_from": today, "arrival_to": today + timedelta(days=30),
        }  # fmt: skip
        return Preview(**(known | more))

    return make


@pytest.fixture
def question() -> Callable[[str], CountryQuestion]:
    def make(area: str) -> CountryQuestion:
        return CountryQuestion(
            case_code="c0ffee", country="AF", area=area, age_bands=("25-34",), genders=("woman",), needs=()
        )

    return make


@pytest.fixture
def identity() -> Package:
    who = PersonData(given_names="Ayşe", family_name="Yılmaz", born_on=date(1990, 5, 4), sex="F", role="principal")
    fields = IdentityPackage(
        people=(who,), phone="+905551112233", reception_needs=("shelter",), no_contact_note="uncle"
    )
    return Package(stage="identity", fields=fields)


@pytest.fixture
def arrival() -> Callable[..., Package]:
    def make(lands_at: datetime, replaces: str | None = None) -> Package:
        leg = FlightLeg(
            carrier="TK", number="706", origin="IST", destination="KBL",
            departs_at=lands_at - timedelta(hours=5), arrives_at=lands_at,
        )  # fmt: skip
        return Package(
            stage="arrival", fields=ArrivalPackage(flights=(leg,), meeting_point="arrivals hall"), replaces=replaces
        )

    return make


@pytest.fixture
def accepted(
    office: Office, partner: PartnerAdapter, preview: Callable[..., Preview], key: Callable[[], str]
) -> Callable[[str], str]:
    """Offer a handover and let the office accept it; gives its reference."""

    def make(area: str = "Kabul") -> str:
        reference = partner.offer(preview(area), key=key()).reference
        office.settle()
        assert partner.look_up(reference).status is HandoverStatus.ACCEPTED
        return reference

    return make
