"""A process of the warm worker: it is up, carries one run after the other, and leaves when the worker does.

``python -m workflows.hand SOCKET PARENT MARK``. The worker hands it runs through a socket, a line of JSON each, and
gets a line back. The end of the socket means that the worker is gone.
"""

import contextlib
import ctypes
import json
import logging
import os
import queue
import resource
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from prefect.client.schemas.objects import FlowRun

from workflows.seat import Seat

PR_SET_PDEATHSIG = 1
LEAVING_SECONDS = 5.0  # for Prefect to send its last events
log = logging.getLogger("sila.worker")


def main(door: socket.socket, parent: int, dead: str) -> None:
    """Get warm, say so, and carry runs until told to leave. ``dead``: the mark of the process in whose place we are."""
    stay_with(parent)
    for number in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C reaches us too; the worker says when we leave
        signal.signal(number, signal.SIG_IGN)
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=listen, args=(door, lines), daemon=True).start()
    mark, seat = get_warm(dead), Seat()
    tell(door, mark=mark)
    while line := lines.get():
        said = json.loads(line)
        code = seat.carry(said["entrypoint"], FlowRun.model_validate(said["run"]))
        tell(door, code=code, kilobytes=resident(os.getpid()))
    patience = threading.Timer(LEAVING_SECONDS, os._exit, (0,))
    patience.daemon = True
    patience.start()


def stay_with(parent: int) -> None:
    """Never outlive the worker: where the kernel offers it, it sees to that even if we are frozen."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def listen(door: socket.socket, lines: "queue.Queue[str]") -> None:
    """Hear the worker at any time, also in the middle of a run. An empty line: leave after this run."""
    with door.makefile("r", encoding="utf-8") as heard:
        for line in heard:
            lines.put(line.strip())
    os._exit(0)  # the worker is gone


def tell(door: socket.socket, **said: Any) -> None:
    """Answer the worker."""
    door.sendall(json.dumps(said).encode() + b"\n")


def get_warm(dead: str) -> str:
    """Import the flows, open the house, and give free what a dead process held. Gives the mark of our own leases."""
    from workflows import lease  # noqa: PLC0415 - the socket is heard while this takes its seconds
    from workflows.flows import house  # noqa: PLC0415

    try:
        house()
        if dead:
            lease.free(house().database, dead, house().world.settings.longest_call)
    except Exception as error:  # every run will say so in its state
        log.warning("the house does not open: %s", type(error).__name__)
    return lease.PROCESS


def resident(pid: int) -> int:
    """Kilobytes of memory that a process has in use now; where there is no /proc, the most that we ever had."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), sys.argv[3])
