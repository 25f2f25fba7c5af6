"""Asks Prefect to push a case now. It may fail in silence: what is due stays due, and the tick comes every minute."""

import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx

from integrations.tls import trusted
from workflows.commands import Change

POOL = "sila"
TRIES = 3
SECONDS = 5.0


class Nudger:
    """Creates runs of ``return-case`` from a thread of its own, so that no door waits for Prefect."""

    def __init__(self, api_url: str, auth: str = "", ring: Callable[[], None] = lambda: None) -> None:
        """``ring`` is called after each run that was created: it tells the workers to ask for it at once."""
        self._api_url, self._waiting = api_url.rstrip("/"), queue.Queue[tuple[str, dict[str, Any]] | None]()
        self._ring = ring
        self._auth = tuple(auth.split(":", 1)) if auth else None
        self._deployments: dict[str, str] = {}
        self._thread = threading.Thread(target=self._work, name="nudger", daemon=True)
        self._thread.start()

    def push(self, change: Change) -> None:
        """Ask for a run of a case that changed, unless one is on its way; two nudges of one version make one run."""
        if change.wakes:
            ref, key = change.ref, f"{change.ref}@{change.ver}"
            tags = [f"case:{ref}", f"pathway:{change.pathway}"]
            self._put("return-case", name=ref, parameters={"ref": ref}, tags=tags, key=key)

    def tick(self, key: str) -> None:
        """Ask for a tick out of turn."""
        self._put("tick", name="tick", parameters={}, tags=[], key=f"tick@{key}")

    def _put(self, deployment: str, *, key: str, **body: Any) -> None:
        if self._api_url:
            self._waiting.put((deployment, {**body, "idempotency_key": key, "state": {"type": "SCHEDULED"}}))

    def close(self) -> None:
        """Stop after what is under way."""
        self._waiting.put(None)
        self._thread.join(timeout=SECONDS)

    def _work(self) -> None:
        with httpx.Client(timeout=SECONDS, auth=self._auth, trust_env=False, verify=trusted()) as client:  # type: ignore[arg-type]
            while (item := self._waiting.get()) is not None:
                patiently(partial(self._ask, client, *item))

    def _ask(self, client: httpx.Client, deployment: str, body: dict[str, Any]) -> None:
        create_run(client, self._api_url, self._deployment(client, deployment), body)
        self._ring()

    def _deployment(self, client: httpx.Client, name: str) -> str:
        if name not in self._deployments:
            self._deployments[name] = deployment_id(client, self._api_url, name)
        return self._deployments[name]


def deployment_id(client: httpx.Client, api_url: str, name: str) -> str:
    """The id of the deployment ``name/name``."""
    answer = client.get(f"{api_url}/deployments/name/{name}/{name}")
    answer.raise_for_status()
    return str(answer.json()["id"])


def create_run(client: httpx.Client, api_url: str, deployment: str, body: dict[str, Any]) -> None:
    """Create one run."""
    client.post(f"{api_url}/deployments/{deployment}/create_flow_run", json=body).raise_for_status()


def patiently(work: Callable[[], None]) -> None:
    """A few tries, then silence: SQLite under Prefect answers 503 to several clients at once."""
    for _ in range(TRIES):
        try:
            return work()
        except (httpx.HTTPError, KeyError, ValueError):
            threading.Event().wait(0.3)
    return None
