"""The simulator's webhooks: signed like Duffel's, sent a moment later, tried again when nobody answers."""

import json

import httpx

from integrations.airline.simulated_world import Json, World, new_id, stamp
from integrations.airline.webhooks import signed

DELAY_SECONDS = 0.2
RETRIES = 5


def announce(world: World, kind: str, about: Json, *, key: str, times: int = 1) -> None:
    """Send an event ``times`` times. It goes to the address that is set when it is due."""
    event = {
        "id": new_id("wev"),
        "api_version": "v2",
        "type": kind,
        "live_mode": False,
        "idempotency_key": key,
        "created_at": stamp(world.now()),
        "identity_organisation_id": "org_0000simulator",
        "data": {"object": about},
    }
    body = json.dumps(event).encode()
    for _ in range(times):
        world.errands.add(DELAY_SECONDS, Delivery(world, body))


class Delivery:
    """One webhook on its way: an errand that gives up after ``RETRIES`` more attempts."""

    def __init__(self, world: World, body: bytes) -> None:
        self._world, self._body, self._attempts = world, body, 0

    def __call__(self) -> float | None:
        """Try once. Returns when to try again, or None when it arrived or is given up."""
        if self._world.hook is None or self._delivered(self._world.hook):
            return None
        self._attempts += 1
        return None if self._attempts > RETRIES else DELAY_SECONDS * 2 ** (self._attempts - 1)

    def _delivered(self, url: str) -> bool:
        moment = str(int(self._world.now().timestamp()))
        seal = signed(self._body, self._world.secret, moment)
        headers = {"X-Duffel-Signature": f"t={moment},v1={seal}", "Content-Type": "application/json"}
        if self._world.post is not None:
            return self._world.post(url, self._body, headers)
        try:
            answer = httpx.post(url, content=self._body, headers=headers, timeout=5.0, trust_env=False)
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        return answer.status_code < 300
