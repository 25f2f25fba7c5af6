"""The common case in Restate: a workflow of runs and promises; a signal is a call of its other handler, as a message.

The server and its data live in the folder of the database's file. As it comes, but for the ports: a workflow that waits
keeps its connection for a minute before it is suspended. The server ends with this program.
"""

import asyncio
import ctypes
import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import restate
from hypercorn.asyncio import serve
from hypercorn.config import Config

from tests.bench.common.task import AT_ONCE, SIGNALS, STAGES, Asked, Watch, asked, tell

SERVER = "node_modules/@restatedev/restate-server-linux-x64/bin/restate-server"
PORTS = ("sdk", "ingress", "admin", "node")
DIES_WITH_PARENT = 1  # of prctl(2)
CALLERS = 8
SAID: list[Asked] = []
WAITING: dict[str, int] = {}
ENDED: set[str] = set()
common = restate.Workflow("Common")
THREAD = threading.local()


@common.main()
async def live(context: restate.WorkflowContext) -> None:
    """Five stages; after each of the first three somebody outside says a word."""
    case = context.key()
    for stage in range(1, STAGES + 1):
        for number in (1, 2):
            name = f"{stage}.{number}"
            await context.run_typed(name, lambda name=name: SAID[0].truth.do(case, name))
        if stage <= SIGNALS:
            word: Any = context.promise(f"signal{stage}")
            if await word.peek() is None:
                WAITING[case] = stage
            await word.value()
            WAITING.pop(case, None)
    ENDED.add(case)


@common.handler()
async def say(context: restate.WorkflowSharedContext, stage: int) -> None:
    """A word from outside."""
    word: Any = context.promise(f"signal{stage}")
    await word.resolve("go")


def ports_of(folder: Path) -> dict[str, int]:
    """The same each time in one folder: the server remembers where its program is."""
    path = folder / "ports.json"
    if not path.exists():
        probes = [socket.create_server(("127.0.0.1", 0)) for _ in PORTS]
        path.write_text(json.dumps({name: one.getsockname()[1] for name, one in zip(PORTS, probes, strict=True)}))
        for one in probes:
            one.close()
    known: dict[str, int] = json.loads(path.read_text())
    return known


def start(folder: Path, ports: dict[str, int]) -> None:
    """The server, as a child that dies with this program."""
    at = {name: f"127.0.0.1:{port}" for name, port in ports.items()}
    own = {
        "RESTATE_BASE_DIR": str(folder / "restate"), "RESTATE_NODE_NAME": "bench", "RESTATE_LISTEN_MODE": "tcp",
        "RESTATE_INGRESS__BIND_ADDRESS": at["ingress"], "RESTATE_ADMIN__BIND_ADDRESS": at["admin"],
        "RESTATE_BIND_ADDRESS": at["node"], "RESTATE_DISABLE_TELEMETRY": "true", "RUST_LOG": "error",
    }  # fmt: skip
    libc, server = ctypes.CDLL(None), Path(os.environ["BENCH_RESTATE"]) / SERVER
    with (folder / "restate.log").open("wb") as log:
        subprocess.Popen([str(server)], env={**os.environ, **own}, cwd=folder, stdout=log, stderr=log,
                         preexec_fn=lambda: libc.prctl(DIES_WITH_PARENT, signal.SIGKILL))  # fmt: skip


def call(port: int, path: str, body: Any = None) -> int:
    """One request on this thread's connection. Gives its status."""
    known = THREAD.__dict__.setdefault("links", {})
    link = known.setdefault(port, http.client.HTTPConnection("127.0.0.1", port, timeout=30))
    said = (json.dumps(body), {"content-type": "application/json"}) if body is not None else (None, {})
    link.request("POST", path, *said)
    answer = link.getresponse()
    answer.read()
    return int(answer.status)


def ready(ports: dict[str, int]) -> None:
    """Until the server knows the program and takes calls."""
    for _ in range(300):
        try:
            if call(ports["admin"], "/deployments", {"uri": f"http://127.0.0.1:{ports['sdk']}"}) in (200, 201, 409):
                return
        except OSError:
            THREAD.links.clear()
        time.sleep(0.1)
    raise RuntimeError("Restate did not start")


def drive(ports: dict[str, int]) -> None:
    """Open cases and signal them until all have come to their end. What was accepted before is not begun again."""
    said, ingress = SAID[0], ports["ingress"]
    ready(ports)
    watch = Watch(said)
    ENDED.update(case for case, activity, _ in said.truth.done() if activity == f"{STAGES}.2")
    left = [case for case in (f"c{number}" for number in range(said.cases)) if case not in ENDED]
    begun = len(ENDED)
    with ThreadPoolExecutor(CALLERS) as callers:
        while len(ENDED) < said.cases:
            room = len(left) if said.mode == "wait" else max(0, AT_ONCE - (begun - len(ENDED)))
            some, left = left[:room], left[room:]
            begun += len(some)
            list(callers.map(lambda case: call(ingress, f"/Common/{case}/live/send"), some))
            if said.mode == "wait" and len(WAITING) >= said.cases:
                break
            if said.mode != "wait":
                list(callers.map(lambda case: word(watch, ingress, case), list(WAITING)))
            time.sleep(0.005)
    tell(watch.took(said.cases))
    os._exit(0)


def word(watch: Watch, ingress: int, case: str) -> None:
    """A word for one case."""
    if stage := WAITING.pop(case, 0):
        watch.signal(case, stage)
        call(ingress, f"/Common/{case}/say/send", stage)


def main() -> None:
    """Do what was asked for."""
    SAID.append(asked())
    folder = Path(SAID[0].database.removeprefix("sqlite:///")).parent
    ports = ports_of(folder)
    start(folder, ports)
    config = Config()
    config.bind, config.loglevel = [f"127.0.0.1:{ports['sdk']}"], "ERROR"
    threading.Thread(target=drive, args=(ports,), daemon=True).start()
    app: Any = restate.app([common])
    asyncio.run(serve(app, config))


if __name__ == "__main__":
    main()
