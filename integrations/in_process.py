"""A partner's simulator without the line to it: adapters and worlds are the real ones, only the socket is missing.

For simulations of many years. A call fails now and then as lines do: before anything happened, or after it
happened and before the answer came.
"""

import heapq
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from integrations.http import Answer, PartnerHttp
from integrations.simulation import Errands, SimClock, Webhook

Act = Callable[[], None]
Deliver = Callable[[str, bytes, Mapping[str, str]], bool]


@dataclass(frozen=True)
class Asked:
    """One request, as a simulator's routes see it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body) if self.body else None

    @property
    def form(self) -> dict[str, str]:
        """The body, as a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


class Line(Exception):
    """The line broke after the request had its effect."""


Serve = Callable[[Asked], tuple[int, Any]]


@dataclass
class Agenda:
    """What happens later, in the order of simulated time. The clock moves only when something is taken from it."""

    at: datetime
    rng: Random
    _waiting: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _tickets: "count[int]" = field(default_factory=count)

    def now(self) -> datetime:
        """The simulated instant (aware, UTC)."""
        return self.at

    def put(self, due: datetime, act: Act) -> None:
        """Do it then; at once if that has passed."""
        heapq.heappush(self._waiting, (max(due, self.at), next(self._tickets), act))

    def step(self) -> bool:
        """Do the next thing at its time. False when nothing is left."""
        if not self._waiting:
            return False
        self.at, _, act = heapq.heappop(self._waiting)
        act()
        return True


class AgendaClock(SimClock):
    """A simulator's clock that stands where the agenda stands."""

    def __init__(self, agenda: Agenda) -> None:
        super().__init__()
        self._agenda = agenda

    def now(self) -> datetime:
        """The simulated instant."""
        return self._agenda.at


class AgendaErrands(Errands):
    """A simulator's errands on the agenda. ``pace`` turns the seconds of a demo into the time people take."""

    def __init__(self, agenda: Agenda, deliver: Deliver, pace: Callable[[float], timedelta]) -> None:
        super().__init__(AgendaClock(agenda))
        self._agenda, self._deliver, self._pace = agenda, deliver, pace

    def after(self, seconds: float, act: Act, *, not_before: datetime | None = None) -> None:
        """Do it after the time that people take, and not before."""
        start = max(self._agenda.at, not_before or self._agenda.at)
        self._agenda.put(start + self._pace(seconds), act)

    def _delivered(self, webhook: Webhook) -> bool:
        return self._deliver(webhook.url, webhook.body, webhook.headers())

    def post(self, webhook: Webhook, *, seconds: float = 0.0, attempt: int = 1) -> None:
        """Post a webhook; a word takes no time beyond the seconds given."""
        self._agenda.put(self._agenda.at + timedelta(seconds=seconds), lambda: self._post_now(webhook))

    def _post_now(self, webhook: Webhook) -> None:
        if not self._delivered(webhook):
            self.given_up.append(webhook.label)


@dataclass
class Faults:
    """How often a call fails, of a thousand: before it had an effect, and after."""

    rng: Random
    before: int = 0
    after: int = 0

    def strike(self, per_thousand: int) -> bool:
        """Whether it fails this time."""
        return per_thousand > 0 and self.rng.randrange(1000) < per_thousand


class InProcessHttp(PartnerHttp):
    """``PartnerHttp`` whose other end is a function. Errors are sorted by the same code."""

    def __init__(self, partner: str, serve: Serve, faults: Faults) -> None:
        self.partner, self._serve, self._faults = partner, serve, faults

    def close(self) -> None:
        """Nothing is open."""

    def _ask(self, method: str, path: str, **request: Any) -> Answer:
        asked = asked_of(method, path, request)
        if self._faults.strike(self._faults.before):
            raise httpx.ConnectError("the line is dead")
        try:
            status, body = self._serve(asked)
        except Line:
            raise httpx.ReadError("the line broke") from None
        if self._faults.strike(self._faults.after):
            raise httpx.ReadTimeout("no answer")
        return Answer(status, {}, json.loads(json.dumps(body, default=str)))


def asked_of(method: str, path: str, request: Mapping[str, Any]) -> Asked:
    """A request as it would come over the wire."""
    parts = urlsplit(path)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    query |= {name: str(value) for name, value in (request.get("params") or {}).items()}
    body = request.get("content") or b""
    if request.get("json") is not None:
        body = json.dumps(request["json"]).encode()
    if request.get("data") is not None:
        body = httpx.Request("POST", "http://partner", data=request["data"]).content
    return Asked(method, parts.path, query, request.get("headers") or {}, body)


START = datetime(2026, 1, 5, 9, tzinfo=UTC)
