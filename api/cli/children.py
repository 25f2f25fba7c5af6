"""Child processes that end with their parent: start, signal, measure and stop them as whole families."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

PR_SET_PDEATHSIG = 1
STEADY_SECONDS = 10.0  # a child that lived this long starts again with the shortest pause
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded here: nothing may be loaded after fork


@dataclass(frozen=True)
class Child:
    """What to run. ``ready_url`` answers 2xx or 3xx once the child can work; None: being alive is enough."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)
    ready_url: str | None = None


class Running:
    """One child and its state. Only the supervisor's thread calls ``spawn``: see ``dies_with_parent``."""

    def __init__(self, child: Child, log: Path, env: dict[str, str]) -> None:
        self.child, self.log, self.env = child, log, env
        self.wanted = True
        self.deaths = 0  # since it was last asked to start
        self.process: subprocess.Popen[bytes] | None = None
        self._born = self._not_before = 0.0

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def due(self) -> bool:
        """True when it should run, does not, and its pause after the last death is over."""
        return self.wanted and not self.alive and time.monotonic() >= self._not_before

    def spawn(self) -> None:
        if self.process is not None:
            self.deaths += 1
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.child.command,
                env={**os.environ, **self.env, **self.child.env},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone; it then stops us in order
                preexec_fn=dies_with_parent(os.getpid()),
            )
        self._born = time.monotonic()
        self._not_before = self._born + min(5.0, 0.2 * 2**self.deaths)

    def settle(self) -> None:
        """Forget old deaths once the child has been steady, so that the next one is answered at once."""
        if self.deaths and self.alive and time.monotonic() - self._born > STEADY_SECONDS:
            self.deaths = 0

    def want(self) -> None:
        self.process, self.deaths, self._not_before, self.wanted = None, 0, 0.0, True

    def signal(self, number: int) -> None:
        if self.process is not None and self.alive:
            for pid in family(self.process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)

    def end(self, grace: float) -> None:
        """Ask with SIGTERM, wait ``grace`` seconds, then end the whole family with SIGKILL."""
        if self.process is None:
            return
        members = family(self.process.pid) if self.alive else []
        if self.alive and grace > 0:
            self.process.send_signal(signal.SIGTERM)
            self.signal(signal.SIGCONT)  # a stopped process cannot hear SIGTERM
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(grace)
        self._sweep(members)
        self.process.wait()

    def _sweep(self, members: list[int]) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        for pid in members[1:]:
            # A grandchild may have made a group of its own; its number cannot be reused this soon.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)

    def answers(self) -> bool:
        return self.alive and (self.child.ready_url is None or answers(self.child.ready_url))

    def cpu_seconds(self) -> float:
        if self.process is None or not self.alive:
            return 0.0
        return sum(_cpu(pid) for pid in family(self.process.pid))

    def last_words(self, lines: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def dies_with_parent(parent: int) -> Callable[[], None] | None:
    """A preexec hook: the kernel kills the child when the thread that started it ends (Linux only).

    The thread, not the process: so all children are started by the one thread that outlives them.
    """
    libc = LIBC
    if libc is None:
        return None

    def hook() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # the parent died before the line above
            os._exit(1)

    return hook


def answers(url: str, timeout: float = 2.0) -> bool:
    """True if a GET of ``url`` gives 2xx or 3xx within ``timeout`` seconds."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=timeout)
    try:
        connection.request("GET", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
        return 200 <= connection.getresponse().status < 400
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def family(pid: int) -> list[int]:
    """The process and all its living descendants, parents first; only itself where there is no /proc."""
    offspring: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(entry.name)):
            offspring.setdefault(int(fields[1]), []).append(int(entry.name))
    members = [pid]
    for member in members:
        members.extend(offspring.get(member, []))
    return members


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the command name, which may itself hold blanks and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, UnicodeDecodeError):
        return []


def _cpu(pid: int) -> float:
    """User and system seconds of a process and of the children it has already waited for."""
    fields = _stat(pid)
    return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK") if fields else 0.0
