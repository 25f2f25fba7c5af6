"""What every simulator is made of: a clock that can be moved, and errands that run later."""

import json
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from integrations import signatures
from integrations.tls import trusted

ATTEMPTS = 6
FIRST_RETRY = 0.3  # seconds; doubles with every attempt
POLL = 0.05  # seconds between looks at what is due
POST_TIMEOUT = 5.0  # seconds

Headers = Callable[[], Mapping[str, str]]


class SimClock:
    """The simulator's own time: the wall clock plus an offset."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        """Tell the time (aware, UTC)."""
        return datetime.now(UTC) + self._offset

    def move_to(self, moment: datetime) -> None:
        """Make ``moment`` the present; time goes on from there."""
        self._offset = moment - datetime.now(UTC)


@dataclass(frozen=True)
class Errand:
    """Something to do at ``due`` (monotonic seconds), and not before the simulator's clock allows it."""

    due: float
    not_before: datetime | None
    act: Callable[[], None]


@dataclass(frozen=True)
class Webhook:
    """A message to post. ``headers`` is asked at every attempt: a real sender signs each one anew."""

    url: str
    body: bytes
    headers: Headers
    label: str


class Errands:
    """One background thread that runs things later, one after the other, in the order they fall due."""

    def __init__(self, clock: SimClock) -> None:
        self.clock = clock
        self.given_up: list[str] = []
        self._change = threading.Condition()
        self._waiting: list[Errand] = []
        self._running = 0
        self._epoch = 0
        self._closed = False
        self._client = httpx.Client(timeout=POST_TIMEOUT, trust_env=False, verify=trusted())
        self._thread: threading.Thread | None = None

    def after(self, seconds: float, act: Callable[[], None], *, not_before: datetime | None = None) -> None:
        """Run ``act`` in ``seconds``, and not before the simulator's clock shows ``not_before``."""
        with self._change:
            if self._closed:
                return
            self._waiting.append(Errand(time.monotonic() + seconds, not_before, act))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            self._change.notify_all()

    def post(self, webhook: Webhook, *, seconds: float = 0.0, attempt: int = 1) -> None:
        """Post a webhook in ``seconds``, at most six times until it is taken."""
        epoch = self._epoch

        def act() -> None:
            if self._delivered(webhook) or epoch != self._epoch:
                return
            if attempt >= ATTEMPTS:
                self.given_up.append(webhook.label)
                return
            self.post(webhook, seconds=FIRST_RETRY * 2 ** (attempt - 1), attempt=attempt + 1)

        self.after(seconds, act)

    def pending(self) -> int:
        """Count what will still happen by itself, without anybody moving the clock."""
        with self._change:
            return self._running + sum(self._allowed(errand) for errand in self._waiting)

    def forget(self) -> None:
        """Drop every errand that has not begun."""
        with self._change:
            self._epoch += 1
            self._waiting.clear()
            self.given_up.clear()

    def close(self) -> None:
        """Stop the thread; what has not begun will not happen."""
        with self._change:
            self._closed = True
            self._waiting.clear()
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=2 * POST_TIMEOUT)
        self._client.close()

    def _delivered(self, webhook: Webhook) -> bool:
        try:
            answer = self._client.post(webhook.url, content=webhook.body, headers=dict(webhook.headers()))
        except httpx.HTTPError:
            return False
        return answer.is_success  # anything else is "not delivered", a redirect included

    def _allowed(self, errand: Errand) -> bool:
        return errand.not_before is None or errand.not_before <= self.clock.now()

    def _run(self) -> None:
        while (errand := self._next()) is not None:
            try:
                errand.act()
            except Exception as error:  # a simulator goes on; the test sees it in the truth
                self.given_up.append(f"an errand failed: {type(error).__name__}")
            with self._change:
                self._running = 0

    def _next(self) -> Errand | None:
        with self._change:
            while not self._closed:
                now = time.monotonic()
                ripe = [errand for errand in self._waiting if errand.due <= now and self._allowed(errand)]
                if ripe:
                    first = min(ripe, key=lambda errand: errand.due)
                    self._waiting.remove(first)
                    self._running = 1
                    return first
                self._change.wait(POLL if self._waiting else None)
            return None


def signed_webhook(url: str, event: str, data: dict[str, Any], *, secret: str, clock: SimClock) -> Webhook:
    """Make a Standard Webhooks message: its id stays, its signature is made anew at every attempt."""
    message_id = f"msg_{uuid.uuid4().hex}"
    message = {"id": message_id, "type": event, "timestamp": clock.now().isoformat(), "data": data}
    body = json.dumps(message).encode()

    def headers() -> dict[str, str]:
        signed = signatures.sign(body, secret, message_id=message_id, at=clock.now())
        return signed | {"content-type": "application/json"}

    return Webhook(url, body, headers, f"{event} {data['reference']}")
