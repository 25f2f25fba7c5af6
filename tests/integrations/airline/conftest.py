"""A simulated airline on a free port, a client for it and a catcher for its webhooks."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
import uvicorn

from integrations.airline import DuffelAirline, IdentityDocument, Offer, Passenger, Wish, open_airline
from integrations.airline.simulator import create_simulator

TOKEN, SECRET = "duffel_test_token", "a webhook secret"
Serve = Callable[[Any], Any]


@dataclass
class Caught:
    """Webhooks as they arrived; ``refusals`` is how many are answered with 500 first."""

    url: str = ""
    refusals: int = 0
    got: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)


class Sim:
    """The simulator's back doors."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=60)
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def reset(self) -> None:
        self.http.post("/_sim/reset")
        self.ahead = timedelta()

    def truth(self) -> dict[str, Any]:
        return self.http.get("/_sim/truth").json()

    def go_on(self, by: timedelta) -> None:
        self.ahead = by
        answer = self.http.put("/_sim/clock", json={"now": self.now().isoformat()})
        assert answer.status_code == 200

    def change(self, order_id: str, kind: str) -> None:
        answer = self.http.post("/_sim/airline_change", json={"order_id": order_id, "kind": kind})
        assert answer.status_code == 200

    def settle(self) -> None:
        until = time.monotonic() + 10
        while self.http.get("/_sim/pending").json()["pending"]:
            assert time.monotonic() < until
            time.sleep(0.02)


def run(app: Any) -> Iterator[str]:
    # With the protocol named, asyncio turns Nagle's delay off (40 ms for each answer).
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)
    listener.close()


@pytest.fixture(scope="session")
def sim_url() -> Iterator[str]:
    yield from run(create_simulator(token=TOKEN, webhook_secret=SECRET))


@pytest.fixture(scope="session")
def doors(sim_url: str) -> Iterator[Sim]:
    doors = Sim(sim_url)
    yield doors
    doors.http.close()


@pytest.fixture
def sim(doors: Sim) -> Sim:
    doors.reset()
    return doors


@pytest.fixture(scope="session")
def one_airline(sim_url: str) -> Iterator[DuffelAirline]:
    client = open_airline(sim_url, TOKEN, timeout=5)
    yield client
    client.close()


class Clocked:
    """A client whose verbs are told what time it is on one clock."""

    def __init__(self, client: DuffelAirline, clock: Callable[[], datetime]) -> None:
        self._client, self._clock = client, clock

    def __getattr__(self, verb: str) -> Any:
        call = getattr(self._client, verb)
        return (
            partial(call, now=self._clock())
            if verb in ("hold", "buy", "look_up", "find", "pay", "accept_changes")
            else call
        )


@pytest.fixture
def clocked() -> type[Clocked]:
    return Clocked


@pytest.fixture
def airline(sim: Sim, one_airline: DuffelAirline) -> Clocked:
    return Clocked(one_airline, sim.now)


@pytest.fixture
def caught(sim: Sim) -> Iterator[Caught]:
    seen = Caught()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            seen.got.append((body, dict(self.headers.items())))
            self.send_response(500 if seen.refusals > 0 else 204)
            seen.refusals -= 1
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    seen.url = f"http://127.0.0.1:{server.server_port}/hooks"
    assert sim.http.put("/_sim/webhook", json={"url": seen.url}).status_code == 200
    yield seen
    server.shutdown()
    server.server_close()


@pytest.fixture
def wish() -> Callable[..., Wish]:
    def make(origin: str = "MUC", destination: str = "IST", days: int = 30, **more: Any) -> Wish:
        day: date = (datetime.now(UTC) + timedelta(days=days)).date()
        return Wish(origin=origin, destination=destination, departs_on=day, **({"ages": (34,)} | more))

    return make


@pytest.fixture
def people() -> Callable[..., tuple[Passenger, ...]]:
    def make(offer: Offer, family: str = "YILMAZ", **more: Any) -> tuple[Passenger, ...]:
        passport = IdentityDocument(number="U1234567", country="TR", expires_on=date(2039, 1, 1))
        common: dict[str, Any] = {"title": "mr", "gender": "m", "born_on": date(1990, 5, 4), "document": passport}
        common |= {"email": "desk@agency.example", "phone": "+4915112345678", "family_name": family} | more
        return tuple(
            Passenger(id=one, given_name="ABC"[place], **common) for place, one in enumerate(offer.passenger_ids)
        )

    return make
