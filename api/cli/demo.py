"""The demo from its start to its end: the folder, the stack, the lives, what is left open to walk through."""

import shutil
import time
from pathlib import Path

from rich.console import Console

from api.cli.place import Place
from api.cli.play import Play
from api.cli.report import report
from api.cli.running import start
from api.cli.scene import leave_open
from api.cli.stack import Stack
from api.pages.places import CASE_STAFF, READERS
from models.stage import Role
from workflows.demo_account import DEMO_PASSWORD

LONGEST = 600.0
out = Console()


class Unfinished(RuntimeError):
    """The simulators of a demo forget when they end, so a demo that was broken off cannot go on."""


def run(data: Path, *, leave: bool, stock: bool, fresh: bool) -> int:
    """The whole demo. Gives the exit code. Raises Occupied, and Unfinished for a demo that was broken off."""
    place = Place(data)
    if fresh and place.exists():
        with place.occupied():
            shutil.rmtree(place.data)
    place.make(demo=True)
    if place.open_cases():
        raise Unfinished(f"The demo in {place.data} was broken off: say --fresh to empty the folder.")
    with start(place, stock=stock, tick_seconds=60) as stack:
        where = f"API {place.api_url}/docs   Prefect http://127.0.0.1:{stack.port}   folder {place.data}"
        out.print(where, soft_wrap=True)
        good = play(place, stack, stays=not leave)
        if not leave:
            invite(place, where)
            stack.wait()
    return 0 if good else 1


def invite(place: Place, where: str) -> None:
    """Where the pages are, and how to walk through them as each role."""
    roles = (*CASE_STAFF, *READERS, Role.OPERATIONS, Role.ADMINISTRATOR)
    handles = ", ".join(role.value for role in roles)
    out.print(f"\nPages     {place.api_url}", soft_wrap=True)
    out.print(f"Sign in   as {handles}, partner-nadia; the password of all is “{DEMO_PASSWORD}”.", soft_wrap=True)
    out.print("Code      the second page shows it, because this is a demo.", soft_wrap=True)
    out.print(f"Mailbox   {place.urls()['sms']}: what people and partners received, with the links to their pages.",
              soft_wrap=True)  # fmt: skip
    out.print(f"Everything stays up: {where}", soft_wrap=True)
    out.print(f"API keys are in {place.keys_file}. Stop with Ctrl-C.", soft_wrap=True)


def play(place: Place, stack: Stack, *, stays: bool) -> bool:
    """Until every case is closed, or for ten minutes. When all stays up, a few more are opened to walk through."""
    began = time.monotonic()
    with Play(place, stack) as show:
        show.open_cases()
        in_time = show.to_the_end(began + LONGEST)
        if not in_time:
            out.print("The demo took too long.")
        good = report(show, time.monotonic() - began) and in_time
        if stays:
            leave_open(show)
        return good
