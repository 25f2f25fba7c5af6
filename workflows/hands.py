"""The processes behind the warm worker: each carries one run at a time, and one that died or is worn is replaced."""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from typing import Any

from prefect.client.schemas.objects import FlowRun

from workflows.hand import LEAVING_SECONDS, resident
from workflows.worker_settings import WorkerSettings

LONGEST_LINE = 2**24  # bytes; Prefect takes parameters of half a megabyte
PAUSES = (0.0, 1.0, 5.0, 30.0)  # seconds before the next try to start a process that did not get warm


class Lost(Exception):
    """The process ended in the middle of a run. ``code`` as the system says it: below 0 a signal."""

    def __init__(self, code: int) -> None:
        super().__init__(f"its process ended with code {code}")
        self.code = code


class Hand:
    """One process, from the worker's side."""

    def __init__(self, dead: str = "") -> None:
        self.socket, theirs = socket.socketpair()
        command = [sys.executable, "-m", "workflows.hand", str(theirs.fileno()), str(os.getpid()), dead]
        with theirs:
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603
        self.mark, self.runs, self.kilobytes = "", 0, 0

    async def get_warm(self) -> None:
        """Wait until it can carry runs. Raises Lost."""
        self.reader, self.writer = await asyncio.open_connection(sock=self.socket, limit=LONGEST_LINE)
        self.mark = (await self.hear())["mark"]

    async def carry(self, entrypoint: str, flow_run: FlowRun) -> int:
        """Carry one run. Gives how it left; raises Lost."""
        said = {"entrypoint": entrypoint, "run": flow_run.model_dump(mode="json")}
        with contextlib.suppress(OSError):  # then there is nothing to hear either
            self.writer.write(json.dumps(said).encode() + b"\n")
            await self.writer.drain()
        heard = await self.hear()
        self.runs, self.kilobytes = self.runs + 1, heard["kilobytes"]
        return int(heard["code"])

    async def hear(self) -> dict[str, Any]:
        """What it says next. Raises Lost."""
        line = b""
        with contextlib.suppress(OSError):
            line = await self.reader.readline()
        if not line.endswith(b"\n"):
            raise Lost(await asyncio.to_thread(self.process.wait))
        heard: dict[str, Any] = json.loads(line)
        return heard

    def is_worn(self, settings: WorkerSettings) -> bool:
        """Whether another is to take its place."""
        return self.runs >= settings.runs or self.kilobytes > settings.memory * 1024

    def takes_too_much(self, settings: WorkerSettings) -> bool:
        """Whether its run takes so much memory that others suffer."""
        return resident(self.process.pid) > 2 * settings.memory * 1024

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self.process.kill()

    async def leave(self) -> None:
        """Let it end its run and tell Prefect the last; then it goes, or is made to."""
        with contextlib.suppress(OSError):
            self.writer.write(b"\n")
        try:
            await asyncio.to_thread(self.process.wait, LEAVING_SECONDS + 2)
        except subprocess.TimeoutExpired:
            self.kill()
            await asyncio.to_thread(self.process.wait)
        self.writer.close()


class Hands:
    """So many processes, always."""

    def __init__(self, number: int, settings: WorkerSettings) -> None:
        self.number, self.settings = number, settings
        self.free: asyncio.Queue[Hand] = asyncio.Queue()
        self.all: set[Hand] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to start them; nobody waits for it."""
        for _ in range(self.number):
            self.spawn(self.hire())

    def spawn(self, work: Any) -> None:
        """Do something beside."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def hire(self, dead: str = "") -> None:
        """One more process, tried until it is warm."""
        for number in range(1_000_000):
            await asyncio.sleep(PAUSES[min(number, len(PAUSES) - 1)])
            hand = Hand(dead)
            self.all.add(hand)
            with contextlib.suppress(Lost):
                await hand.get_warm()
                return self.free.put_nowait(hand)
            self.all.discard(hand)
        return None

    async def lend(self) -> Hand:
        """A process that is free. One that died while it had nothing to do is replaced."""
        while True:
            hand = await self.free.get()
            if hand.process.poll() is None:
                return hand
            self.give_back(hand)

    def give_back(self, hand: Hand) -> None:
        """Take it back after a run, or replace it."""
        if hand.process.poll() is not None:
            self.all.discard(hand)
            self.spawn(self.hire(hand.mark))
        elif hand.is_worn(self.settings):
            self.all.discard(hand)
            self.spawn(hand.leave())
            self.spawn(self.hire())
        else:
            self.free.put_nowait(hand)

    async def close(self) -> None:
        """Everybody leaves; who is in the middle of a run is ended."""
        hiring = list(self.tasks)
        for task in hiring:
            task.cancel()
        idle = {self.free.get_nowait() for _ in range(self.free.qsize())}
        for hand in self.all - idle:
            hand.kill()
            hand.process.wait()
        await asyncio.gather(*(hand.leave() for hand in idle), *hiring, return_exceptions=True)
