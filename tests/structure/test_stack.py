"""The supervisor: it starts again what dies, holds and stops on request, and leaves nothing behind."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from api.cli.stack import Child, ChildDidNotStart, Stack, free_port

ROOT = Path(__file__).parents[2]
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
WITH_GRANDCHILD = [
    sys.executable,
    "-c",
    "import subprocess, sys, time\n"
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True).pid,"
    " flush=True)\ntime.sleep(60)",
]


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    """One child that sleeps, and no Prefect server."""
    with Stack(tmp_path, [Child("sleeper", SLEEP)], with_server=False, grace_seconds=2) as stack:
        yield stack


def until(true: Callable[[], bool], seconds: float = 8.0) -> None:
    """Wait for something."""
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last
        time.sleep(0.02)


def state(pid: int) -> str:
    """The state of a process: Z and nothing are both dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def dead(pid: int) -> bool:
    return state(pid) in ("", "Z")


def test_what_is_killed_comes_back(stack: Stack) -> None:
    before = stack.pids()["sleeper"]
    stack.kill("sleeper")
    until(lambda: stack.pids().get("sleeper", before) != before)
    assert dead(before)


def test_what_is_stopped_stays_down_until_it_is_started(stack: Stack) -> None:
    stack.stop("sleeper")
    time.sleep(0.6)
    assert stack.pids() == {}
    stack.start("sleeper")
    assert "sleeper" in stack.pids()


def test_a_held_child_moves_again_and_can_be_stopped(stack: Stack) -> None:
    pid = stack.pids()["sleeper"]
    stack.pause("sleeper")
    until(lambda: state(pid) == "T")
    stack.resume("sleeper")
    until(lambda: state(pid) == "S")
    stack.pause("sleeper")
    stack.stop("sleeper")
    assert dead(pid)


def test_time_used_is_counted(stack: Stack) -> None:
    stack.add(Child("busy", [sys.executable, "-c", "while True: pass"]))
    until(lambda: stack.cpu_seconds()["busy"] > 0.1)


def test_grandchildren_end_too_even_in_a_session_of_their_own(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "parent.log"
    with Stack(tmp_path, [Child("parent", WITH_GRANDCHILD)], with_server=False, grace_seconds=2):
        until(lambda: bool(log.read_text().strip()))
        grandchild = int(log.read_text())
    until(lambda: dead(grandchild))


def test_a_child_that_cannot_start_is_named_with_its_last_words(tmp_path: Path) -> None:
    broken = Child("broken", [sys.executable, "-c", "raise SystemExit('no such door')"])
    nobody = f"http://127.0.0.1:{free_port()}/"
    stack = Stack(tmp_path, [Child("broken", broken.command, ready_url=nobody)], with_server=False)
    with pytest.raises(ChildDidNotStart, match=r"(?s)broken.*no such door"), stack:
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="only the Linux kernel offers this")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_no_child_outlives_its_supervisor(tmp_path: Path, number: signal.Signals, code: int) -> None:
    # A shell that starts the tests in the background has them, and what they start, ignore Ctrl-C.
    script = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from pathlib import Path; from api.cli.stack import Child, Stack\n"
        f"with Stack(Path({str(tmp_path)!r}), [Child('sleeper', {SLEEP!r})], with_server=False) as stack:\n"
        "    print(stack.pids()['sleeper'], flush=True)\n"
        "    sys.exit(stack.wait())\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT) as boss:
        assert boss.stdout is not None
        sleeper = int(boss.stdout.readline())
        time.sleep(0.2)
        with suppress(ProcessLookupError):
            boss.send_signal(number)
    assert boss.returncode == code
    until(lambda: dead(sleeper))
