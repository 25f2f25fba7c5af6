"""What Prefect says of a case's runs and of its workers: asked when a page is opened, and never waited for long."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from api.settings import DoorSettings
from workflows.nudge import POOL

SECONDS = 1.5
MOST = 20


@dataclass(frozen=True)
class Run:
    """One run of a case: its flow, how it ended, and its page in Prefect."""

    name: str
    state: str
    began: datetime | None
    address: str


@dataclass(frozen=True)
class Worker:
    """One worker: whether Prefect hears of it."""

    name: str
    online: bool
    heard_at: datetime | None


class PrefectSilent(Exception):
    """Prefect does not answer, or none was named."""


def ask(settings: DoorSettings, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    """One question to Prefect's API. Raises PrefectSilent."""
    if not settings.prefect_url:
        raise PrefectSilent("no Prefect was named")
    auth = tuple(settings.prefect_auth.split(":", 1)) if settings.prefect_auth else None
    try:
        url = f"{settings.prefect_url.rstrip('/')}{path}"
        answer = httpx.post(url, json=body, timeout=SECONDS, auth=auth, trust_env=False)  # type: ignore[arg-type]
        answer.raise_for_status()
        said: list[dict[str, Any]] = answer.json()
    except (httpx.HTTPError, ValueError):
        raise PrefectSilent("no answer") from None
    return said


def ui(settings: DoorSettings) -> str:
    """Where people open Prefect."""
    return settings.prefect_ui_url or settings.prefect_url.removesuffix("/").removesuffix("/api")


def runs_of(settings: DoorSettings, ref: str) -> list[Run]:
    """The newest runs of a case and of its stages. Raises PrefectSilent."""
    wanted = {"flow_runs": {"tags": {"any_": [f"case:{ref}"]}}, "sort": "START_TIME_DESC", "limit": MOST}
    home = ui(settings)
    return [
        Run(one["name"], one.get("state_name") or "", instant(one.get("start_time")),
            f"{home}/runs/flow-run/{one['id']}")
        for one in ask(settings, "/flow_runs/filter", wanted)
    ]  # fmt: skip


def workers(settings: DoorSettings) -> list[Worker]:
    """Who carries runs, as Prefect has heard of them. Raises PrefectSilent."""
    rows = ask(settings, f"/work_pools/{POOL}/workers/filter", {"limit": MOST})
    return [Worker(row["name"], row.get("status") == "ONLINE", instant(row.get("last_heartbeat_time"))) for row in rows]


def instant(text: str | None) -> datetime | None:
    """An instant as Prefect writes it."""
    return datetime.fromisoformat(text) if text else None
