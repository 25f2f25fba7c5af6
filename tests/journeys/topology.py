"""Many machines in small: the containers of docker-compose.yml as processes, with the settings that it gives them."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import yaml

from api.cli.place import Place
from api.cli.play import Play
from api.cli.stack import Child, Stack, free_port
from models.hint import ring
from tests import postgres
from workflows.nudge import Nudger

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}")
Player = TypeVar("Player", bound=Play)
PYTHON = [sys.executable, "-m"]


class Address:
    """One address before several servers, as a balancer has it: each connection goes to the next one that answers."""

    def __init__(self, port: int, behind: tuple[int, int]) -> None:
        self.behind, self._turn = behind, 0
        self._door = socket.create_server(("127.0.0.1", port), backlog=256)
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Nobody is let in any more."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._door.accept()
                threading.Thread(target=self._join, args=(caller,), daemon=True).start()

    def _join(self, caller: socket.socket) -> None:
        with caller:
            for _ in self.behind:
                self._turn += 1
                with suppress(OSError):
                    with socket.create_connection(("127.0.0.1", self.behind[self._turn % len(self.behind)]), 2) as one:
                        one.settimeout(None)
                        back = threading.Thread(target=pump, args=(one, caller), daemon=True)
                        back.start()
                        pump(caller, one)
                        back.join()
                    return


def pump(source: socket.socket, sink: socket.socket) -> None:
    """Carry bytes until one side is gone; then both are told."""
    with suppress(OSError):
        while said := source.recv(65536):
            sink.sendall(said)
    for one in (source, sink):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


class ClusterPlace(Place):
    """The folder of settings; the records are in PostgreSQL."""

    def __init__(self, data: Path, records_url: str) -> None:
        super().__init__(data, usual=False)
        self.records_url = records_url

    def environment(self) -> dict[str, str]:
        """As on one machine but for the database, and for how long a call may take: a dead run's lease is short."""
        brief = {"SILA_AIRLINE_TIMEOUT": "3", "SILA_PARTNER_TIMEOUT": "3"}
        return {**super().environment(), **brief, "SILA_DATABASE_URL": self.records_url}


class Cluster:
    """All of it. ``stack`` names the processes; ``auth`` opens Prefect."""

    def __init__(self, folder: Path, base: str) -> None:
        self.known = {name: secrets.token_hex(16) for name in ("PREFECT_PASSWORD", "REDIS_PASSWORD")}
        self.known |= {f"{name}_DB_PASSWORD": "any" for name in ("RECORDS", "PREFECT")}  # the server trusts everybody
        self.known |= {
            "PREFECT_ENCRYPTION_KEY": b64encode(secrets.token_bytes(32)).decode().translate({43: 45, 47: 95})
        }
        self.folder, self.base = folder, base
        self.redis, self.prefect = free_port(), (free_port(), free_port())
        self.api = (free_port(), free_port())
        host = base.removeprefix("postgresql+psycopg://postgres@")
        self.place = ClusterPlace(folder / "house", f"postgresql+psycopg://sila:any@{host}/sila")
        self.host = host
        self.stack = Stack(folder, with_server=False, ready_seconds=120)
        self.stack.settings = {"PYTHONPATH": str(ROOT)}
        self.auth = f"sila:{self.known['PREFECT_PASSWORD']}"

    def told(self, service: str) -> dict[str, str]:
        """What the compose file tells a service, about Prefect, with our addresses for the containers'."""
        said = {key: self.filled(str(value)) for key, value in COMPOSE[service]["environment"].items()}
        return {key: value for key, value in said.items() if key.startswith("PREFECT_") or key == "DO_NOT_TRACK"} | {
            "PREFECT_SERVER_UI_ENABLED": "false",
            "PREFECT_HOME": str(self.folder / service),
        }

    def filled(self, text: str) -> str:
        """One value."""
        text = VARIABLE.sub(lambda found: self.known.get(found[1], found[2] or ""), text)
        text = text.replace("postgres:5432", self.host).replace("redis:6379", f"127.0.0.1:{self.redis}")
        return text.replace("prefect-server:4200", f"127.0.0.1:{self.stack.port}")

    def make_databases(self) -> None:
        """The roles and databases of the job `databases`."""
        with psycopg.connect(self.base.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
            for who in ("sila", "prefect"):
                connection.execute(f"CREATE ROLE {who} LOGIN".encode())
                connection.execute(f"CREATE DATABASE {who} OWNER {who} TEMPLATE template0 ENCODING UTF8".encode())

    def run(self, service: str, *command: str) -> None:
        """A job, to its end."""
        env = {**os.environ, **self.stack.settings, **self.told(service)}
        subprocess.run([*PYTHON, *command], env=env, cwd=ROOT, check=True, capture_output=True, timeout=120)

    def servers(self) -> list[Child]:
        """Prefect's servers and its services."""
        told = self.told("prefect-server")
        start = [*PYTHON, "prefect", "server", "start", "--no-services", "--host", "127.0.0.1", "--port"]
        apis = [
            Child(f"prefect-{number}", [*start, str(port)], told, f"http://127.0.0.1:{port}/api/health")
            for number, port in enumerate(self.prefect, 1)
        ]
        return [*apis, Child("services", [*PYTHON, "prefect", "server", "services", "start"], told)]

    def ours(self) -> list[Child]:
        """Simulators, API processes, workers."""
        place, world = self.place, self.place.environment()
        uvicorn = [*PYTHON, "uvicorn", "api.main:create_app", "--factory", "--no-access-log", "--port"]
        doors = {**world, "SILA_PREFECT_URL": self.stack.api_url, "SILA_PREFECT_AUTH": self.auth}
        apis = [
            Child(f"api-{number}", [*uvicorn, str(port)], doors, f"http://127.0.0.1:{port}/health/ready")
            for number, port in enumerate(self.api, 1)
        ]
        work = {**world, **self.told("worker"), "SILA_WORKER_PROCESSES": "1"}
        workers = [Child(f"worker-{number}", [*PYTHON, "api.cli.main", "worker"], work) for number in (1, 2)]
        make_believe = Child("simulators", [*PYTHON, "integrations.simulators"], place.simulator_environment(),
                             f"{place.urls()['airline']}/_sim/pending")  # fmt: skip
        return [make_believe, *apis, *workers]

    def start(self, leaving: ExitStack) -> None:
        """In the order of the compose file; what does not wait for another starts together."""
        redis = shutil.which("redis-server")
        assert redis, "install the Debian package redis-server"
        keep = [
            "--appendonly",
            "yes",
            "--maxmemory-policy",
            "noeviction",
            "--requirepass",
            self.known["REDIS_PASSWORD"],
        ]
        where = ["--port", str(self.redis), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", ""]
        self.place.make()
        leaving.callback(Address(int(self.place.said["port_api"]), self.api).close)
        self.stack.add(Child("redis", [redis, *where, *keep]))
        together(self.start_prefect, *(partial(self.stack.add, child) for child in self.ours()))

    def start_prefect(self) -> None:
        """Its database, then its processes, then our deployments; workers wait for them as they do in the end."""
        self.run("prefect-migrate", "prefect", "server", "database", "upgrade", "--yes")
        together(*(partial(self.stack.add, child) for child in self.servers()))
        self.run("deploy", "api.cli.main", "deploy", "--tick-seconds", "20")


def together(*work: Callable[[], None]) -> None:
    """All at once, until the last has ended. Raises what one of them raised."""
    with ThreadPoolExecutor(len(work)) as pool:
        for future in [pool.submit(one) for one in work]:
            future.result()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Everything, until the block ends."""
    with ExitStack() as leaving:
        made = Cluster(folder, leaving.enter_context(postgres.server()))
        made.make_databases()
        leaving.enter_context(made.stack)
        leaving.callback(Address(made.stack.port, made.prefect).close)
        made.start(leaving)
        yield made


def player(made: Cluster, kind: type[Player]) -> Player:
    """Plays lives at the doors; its ticks are hinted as those of the doors are."""
    show = kind(made.place, made.stack)
    show.nudger.close()
    show.nudger = Nudger(made.stack.api_url, made.auth, partial(ring, show.database))
    return show
