"""Starts everything of one machine's house in order, and ends it together."""

import os
import subprocess
import sys
from contextlib import AbstractContextManager, ExitStack

from api.cli.children import Child
from api.cli.place import USUAL_PREFECT_PORT, Place
from api.cli.stack import Stack


def start(
    place: Place,
    *,
    prefect_port: int | None = None,
    stock: bool = False,
    tick_seconds: int = 60,
    watched: bool = False,
) -> AbstractContextManager[Stack]:
    """Everything on one machine, as a ``with`` block; ``watched`` with Prefect's automations, which cost it time."""
    place.make()
    return Running(place, prefect_port, stock, tick_seconds, watched)


class Running(AbstractContextManager[Stack]):
    """The Prefect server, then deployments, then simulators, API and worker."""

    def __init__(self, place: Place, prefect_port: int | None, stock: bool, tick_seconds: int, watched: bool) -> None:
        self.place, self.stock, self.tick_seconds, self.watched = place, stock, tick_seconds, watched
        self.prefect_port = prefect_port
        self.leaving = ExitStack()

    def __enter__(self) -> Stack:
        """Start in order, each when the one before is ready."""
        with ExitStack() as trouble:
            ports = trouble.enter_context(self.place.occupied())
            port = ports.take(self.prefect_port or (USUAL_PREFECT_PORT if self.place.usual else 0))
            stack = trouble.enter_context(Stack(self.place.data, port=port, env=self.settings()))
            environment = {**os.environ, **stack.settings}
            subprocess.run(self.deploy(), env=environment, check=True, stdout=subprocess.DEVNULL)
            for child in self.children(stack):
                stack.add(child)
            self.leaving = trouble.pop_all()
        return stack

    def __exit__(self, *error: object) -> None:
        """Stop everything."""
        self.leaving.close()

    def settings(self) -> dict[str, str]:
        """What every process needs to know."""
        watched = {"PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "true"} if self.watched else {}
        return self.place.environment() | watched

    def deploy(self) -> list[str]:
        """The command that registers the deployments."""
        ask = [sys.executable, "-m", "api.cli.main", "deploy", "--tick-seconds", str(self.tick_seconds)]
        watched = ["--door", self.place.api_url] if self.watched else []
        return [*ask, *watched, *(["--stock"] if self.stock else [])]

    def children(self, stack: Stack) -> list[Child]:
        """Simulators, API, worker."""
        place, python = self.place, sys.executable
        port = place.said["port_api"]
        api = [python, "-m", "uvicorn", "api.main:create_app", "--factory", "--port", port, "--no-access-log"]
        warm = [python, "-m", "api.cli.main", "worker"]
        plain = [python, "-m", "prefect", "worker", "start", "--pool", "sila", "--type", "process", "--limit", "2"]
        airline = place.urls()["airline"]
        return [
            Child("simulators", [python, "-m", "integrations.simulators"], place.simulator_environment(),
                  f"{airline}/_sim/pending"),
            Child("api", api, {"SILA_PREFECT_URL": stack.api_url}, f"{place.api_url}/health/ready"),
            Child("worker", plain if self.stock else warm, {}, None),
        ]  # fmt: skip
