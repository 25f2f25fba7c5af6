"""A limit of calls at a time holds across processes, and a process that is killed gives its turn back."""

import subprocess
import sys
import textwrap
from functools import partial
from pathlib import Path

import pytest

from integrations.errors import PartnerUnavailable
from integrations.http import PartnerHttp
from models.database import Database
from models.turns import NoTurn, turn
from workflows.house import taking_turns

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from models.database import Database
from models.turns import turn
from models.vault import Keyring
with turn(Database(sys.argv[1], Keyring({"k1": bytes(32)})), "airline", 2, 5.0):
    print("mine", flush=True)
    time.sleep(60)
"""


def holder(database: Database) -> "subprocess.Popen[str]":
    """Another worker in the middle of a call."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLD), database.url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    return process


def test_a_limit_holds_across_workers_and_a_killed_one_gives_its_turn_back(database: Database) -> None:
    other = holder(database)
    try:
        with turn(database, "airline", 2, 0.0):
            with pytest.raises(NoTurn), turn(database, "airline", 2, 0.05):
                pass
            with turn(database, "consulate", 1, 0.0):  # each system has turns of its own
                pass
            other.kill()
            with turn(database, "airline", 2, 5.0):
                pass
    finally:
        other.kill()
        other.communicate()
    with turn(database, "airline", 1, 0.0):  # and so does who ends well
        pass


def test_a_call_that_gets_no_turn_was_not_made(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.house.PATIENCE", 0.05)
    monkeypatch.setattr("integrations.http.TURNS", [partial(taking_turns, database, {"airline": 1})])
    airline, others = (PartnerHttp(name, "http://127.0.0.1:9") for name in ("airline", "consulate"))
    with turn(database, "airline http://127.0.0.1:9", 1, 0.0):
        with pytest.raises(PartnerUnavailable, match="Busy"):
            airline.change("hold", "/")
        with pytest.raises(PartnerUnavailable, match="ConnectError"):
            others.change("lodge", "/")
    for one in (airline, others):
        one.close()
