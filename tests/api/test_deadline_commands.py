"""``sila deadlines``, ``check``, ``file``, ``staff stop``, ``case reopen``: what each says, and how each refuses."""

import base64
from collections.abc import Callable

import pytest
from click.testing import Result
from typer.testing import CliRunner

from api.cli.main import app
from models.database import Database
from models.staff import Staff
from tests.databases import KEYRING
from tests.journeys.light import Light
from workflows.advance import advance

Run = Callable[..., Result]


@pytest.fixture
def sila(database: Database, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, on the test's database."""
    key = base64.b64encode(KEYRING.masters["k1"]).decode()
    monkeypatch.setenv("SILA_DATABASE_URL", database.url)
    monkeypatch.setenv("SILA_MASTER_KEYS", f"k1:{key}")
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def case(database: Database) -> Light:
    """One case at rest."""
    light = Light(database)
    advance(light.house, light.ref)
    return light


def test_the_night_is_told_in_numbers(sila: Run, case: Light) -> None:
    said = sila("check", "nightly")
    assert said.exit_code == 0
    assert "1 open cases decided anew" in said.output
    assert "0 had no next step (L1)" in said.output


def test_deadlines_show_references_and_owners(sila: Run, case: Light) -> None:
    said = sila("deadlines").output
    assert case.ref in said
    assert "the counsellor" in said
    assert "danışman" in sila("deadlines", "--language", "tr").output
    assert "Karimova" not in said
    assert case.ref not in sila("deadlines", "--owner", "airline").output
    assert sila("deadlines", "--predicted").exit_code == 0


def test_a_leaver_hands_on_or_leaves_cases_to_a_supervisor(sila: Run, case: Light, database: Database) -> None:
    with database.unit_of_work() as session:
        session.add_all(Staff(handle=name, roles=["counsellor"]) for name in ("counsellor", "colleague"))
    assert sila("staff", "stop", "counsellor", "--to", "nobody").exit_code == 2
    assert not case.facts().incidents.owner_gone
    assert "1 cases handed on; 0 wait" in sila("staff", "stop", "counsellor", "--to", "colleague").output
    assert "0 cases handed on; 1 wait" in sila("staff", "stop", "colleague").output
    assert case.facts().incidents.owner_gone


def test_an_open_file_is_neither_erased_nor_opened_again(sila: Run, case: Light) -> None:
    assert "close it first" in sila("file", "erase", case.ref).output
    assert "The case is open" in sila("case", "reopen", case.ref, "--reason", "other").output
    assert "reason:" in sila("case", "reopen", case.ref, "--reason", "because").output
    assert sila("file", "hold", case.ref, "--reason", "prosecution").exit_code == 0
    assert "1 holds lifted" in sila("file", "lift", case.ref).output
    assert sila("file", "erase").output.startswith("0 files erased")
    assert sila("file", "hold", "C-0000000000", "--reason", "claim").exit_code == 2
