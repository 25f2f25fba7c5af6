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

SERVER = "prefect"
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


def free_port() -> int:
    """A TCP port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prefect_server(port: int) -> Child:
    """The Prefect API, its dashboard and its background services in one process."""
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    return Child(SERVER, command, ready_url=f"http://127.0.0.1:{port}/api/health")


def prefect_settings(data: Path, port: int) -> dict[str, str]:
    """The environment of every child on one machine: where the server is, and what it leaves out."""
    return {**_place(data, port), **_QUIET, **_SAFE, **_BRISK, **_FRUGAL}


def _place(data: Path, port: int) -> dict[str, str]:
    origin = f"http://127.0.0.1:{port}"
    return {
        "PREFECT_HOME": str(data / "prefect"),  # not the user's own ~/.prefect
        "PREFECT_API_URL": f"{origin}/api",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{data / 'prefect.db'}",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": origin,  # the default lets every web page call it
    }


_QUIET = {
    "DO_NOT_TRACK": "1",  # the client would report to a vendor
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # and so would the server
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
_SAFE = {
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # a client without a server fails; it must not start its own
    "PREFECT_TASKS_DEFAULT_NO_CACHE": "true",  # same task, same input, same run would be skipped in silence
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",  # results would lie on disk for ever
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",  # and never as pickles
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",  # our code also runs outside flows
}
_BRISK = {
    "PREFECT_WORKER_QUERY_SECONDS": "0.5",  # the default of 10 s is most of a short run's time
    "PREFECT_WORKER_PREFETCH_SECONDS": "0",  # the default starts runs 10 s before their time
    "PREFECT_WORKER_HEARTBEAT_SECONDS": "10",  # a dead worker shows after 30 s, not 90 s
}
_FRUGAL = {
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",  # same installation: a request a client saved
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",  # off on the server; asking costs another
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "3600",  # cannot be off; one event a run instead of many
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",  # no automations here; each event would be judged
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",  # no run ever waits for a person
    "PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_ENABLED": "false",  # for infrastructure our worker has not
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "15",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # runs are kept for ever by default
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "2592000",  # 30 days, seconds
}
