"""The whole product as child processes on one machine: started in order, watched, restarted, ended together."""

import contextlib
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from api.cli.children import Child, Running
from api.cli.server import prefect_server, prefect_settings, trust_nobody

WATCH_SECONDS = 0.05


class ChildDidNotStart(RuntimeError):
    """A child died again and again, or was not ready in time. The message ends with its last log lines."""


class Stack:
    """Runs the Prefect server and the given children while the ``with`` block lasts.

    A child that dies is started again after a short pause. ``port`` is the Prefect server's; None takes
    a free one. ``with_server=False`` leaves the server out (somebody else's is used).
    """

    def __init__(
        self,
        data: Path,
        children: Sequence[Child] = (),
        *,
        port: int | None = None,
        env: dict[str, str] | None = None,
        with_server: bool = True,
        ready_seconds: float = 90.0,
        grace_seconds: float = 8.0,
    ) -> None:
        self.data = data.resolve()
        self.port = port or free_port()
        self.api_url = f"http://127.0.0.1:{self.port}/api"
        self.settings = {**prefect_settings(self.data, self.port), **(env or {})}
        self._ready_seconds, self._grace_seconds = ready_seconds, grace_seconds
        self._initial = [*([prefect_server(self.port)] if with_server else []), *children]
        self._running: dict[str, Running] = {}
        self._ending = threading.Event()
        self._lock = threading.RLock()
        self._thread = threading.Thread(target=self._watch, name="stack", daemon=True)

    def __enter__(self) -> Self:
        (self.data / "logs").mkdir(parents=True, exist_ok=True)
        trust_nobody(self.data)
        self._answer_sigterm()
        self._thread.start()
        try:
            for child in self._initial:
                self.add(child)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def add(self, child: Child) -> None:
        """Start one more child and wait until it is ready."""
        with self._lock:
            log = self.data / "logs" / f"{child.name}.log"
            self._running[child.name] = Running(child, log, self.settings)
        self.wait_ready(child.name)

    def start(self, name: str) -> None:
        """Start a child that was stopped, and wait until it is ready."""
        with self._lock:
            if not self._running[name].alive:
                self._running[name].want()
        self.wait_ready(name)

    def stop(self, name: str, grace_seconds: float | None = None) -> None:
        """End a child; it stays down until ``start``."""
        with self._lock:
            self._running[name].wanted = False
        self._running[name].end(self._grace_seconds if grace_seconds is None else grace_seconds)

    def kill(self, name: str) -> None:
        """End a child with SIGKILL, as a fault would. It is started again; see ``wait_ready``."""
        self._running[name].end(grace=0)

    def pause(self, name: str) -> None:
        self._running[name].signal(signal.SIGSTOP)

    def resume(self, name: str) -> None:
        self._running[name].signal(signal.SIGCONT)

    def cpu_seconds(self) -> dict[str, float]:
        """User and system seconds of each child and its descendants since it was last started (Linux)."""
        return {name: running.cpu_seconds() for name, running in self._running.items()}

    def pids(self) -> dict[str, int]:
        """The process id of every child that is up."""
        return {name: r.process.pid for name, r in self._running.items() if r.process and r.alive}

    def wait_ready(self, name: str) -> None:
        """Block until the child answers. Raises ChildDidNotStart."""
        running, last = self._running[name], time.monotonic() + self._ready_seconds
        while not running.answers():
            if running.deaths >= 3 or time.monotonic() > last:
                raise ChildDidNotStart(f"{name} did not become ready.\n{running.last_words()}")
            time.sleep(WATCH_SECONDS)

    def wait(self) -> int:
        """Block until Ctrl-C and return its exit code, 130. SIGTERM leaves the block with exit code 0."""
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
        return 130

    def _watch(self) -> None:
        # This thread alone starts children and it outlives them: their kernel death signal is tied to it.
        while not self._ending.wait(WATCH_SECONDS):
            with self._lock:
                for running in self._running.values():
                    running.settle()
                    if running.due and not self._ending.is_set():
                        running.spawn()

    def _end(self) -> None:
        with _deaf_to_ctrl_c():
            self._stop_all()
            self._ending.set()
            self._thread.join()

    def _stop_all(self) -> None:
        with self._lock:
            for running in self._running.values():
                running.wanted = False
        for running in reversed(self._running.values()):
            running.end(self._grace_seconds)

    def _answer_sigterm(self) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)  # unwinds the with block, which ends the children


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """An impatient second Ctrl-C must not leave children behind; the time is bounded by the grace periods."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def free_port(usual: int = 0) -> int:
    """The usual TCP port if nobody listens on it at this moment, else any that is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a port just given back is free
        try:
            probe.bind(("127.0.0.1", usual))
        except OSError:
            return free_port()
        return int(probe.getsockname()[1])
