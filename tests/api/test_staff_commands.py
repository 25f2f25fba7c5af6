"""``sila staff``: who may act and how they get in, from the first administrator on."""

import base64
from collections.abc import Callable

import pytest
from click.testing import Result
from sqlmodel import col, select
from typer.testing import CliRunner

from api.cli.main import app
from models.clock import wall
from models.database import Database
from models.enrolment import enrolment_of
from models.event import Event, verify
from models.signed_in import begin, whose
from models.staff import whose_key
from tests.databases import KEYRING
from workflows.demo_account import DEMO_PASSWORD, enrol_demo
from workflows.sign_in import show_code, show_password

Run = Callable[..., Result]


@pytest.fixture
def sila(database: Database, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, on the test's database."""
    key = base64.b64encode(KEYRING.masters["k1"]).decode()
    monkeypatch.setenv("SILA_DATABASE_URL", database.url)
    monkeypatch.setenv("SILA_MASTER_KEYS", f"k1:{key}")
    monkeypatch.setenv("SILA_PUBLIC_URL", "https://sila.example/")
    monkeypatch.setenv("SILA_DEMO", "false")  # a command of an earlier test may have left its own
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words: CliRunner().invoke(app, list(words))


def test_the_first_administrator_gets_a_key_and_a_link(sila: Run, database: Database) -> None:
    key, link = sila("staff", "add", "selin", "--role", "administrator").output.split()
    assert link.startswith("https://sila.example/enrol/")
    with database.reading() as session:
        row = enrolment_of(session, link.rsplit("/", 1)[1], wall())
        assert row is not None
        assert row.staff_handle == "selin"
        assert whose_key(session, key)
    again = sila("staff", "enrol", "selin").output.strip()
    with database.reading() as session:
        assert enrolment_of(session, link.rsplit("/", 1)[1], wall()) is None
        assert enrolment_of(session, again.rsplit("/", 1)[1], wall())
        assert [event.kind for event in session.exec(select(Event).order_by(col(Event.number)))] == [
            "staff.added", "staff.invited", "staff.invited",
        ]  # fmt: skip
        assert verify(session)[1] == []


@pytest.mark.parametrize(("words", "part"), [
    (("add", "a b", "--role", "counsellor"), "letters, digits"),
    (("add", "ayse", "--role", "receiving_partner"), "goes with --partner"),
    (("add", "ayse", "--role", "receiving_partner", "--partner", "nobody"), "no partner nobody"),
    (("enrol", "nobody"), "nobody has this name"), (("unlock", "nobody"), "nobody has this name"),
    (("disable", "nobody"), "nobody has this name"), (("code", "nobody"), "demo only"),
])  # fmt: skip
def test_what_cannot_be_says_why(sila: Run, words: tuple[str, ...], part: str) -> None:
    said = sila("staff", *words)
    assert said.exit_code == 2
    assert part in said.output


def test_t8_revoke_disable_and_stop_end_sessions_at_once(sila: Run, database: Database) -> None:
    key, _ = sila("staff", "add", "ayse", "--role", "counsellor").output.split()
    for words in (("revoke", "ayse"), ("disable", "ayse"), ("stop", "ayse")):
        with database.unit_of_work() as session:
            value = begin(session, "ayse", wall())
        with database.reading() as session:
            assert whose(session, value, wall())
        assert sila("staff", *words).exit_code == 0
        with database.reading() as session:
            assert whose(session, value, wall()) is None
    with database.reading() as session:
        assert whose_key(session, key) is None


def test_in_a_demo_the_house_shows_the_code(sila: Run, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    sila("staff", "add", "ayse", "--role", "counsellor")
    with database.unit_of_work() as session:
        enrol_demo(session, "ayse", wall())
    monkeypatch.setenv("SILA_DEMO", "true")
    half = show_password(database, "ayse", DEMO_PASSWORD, "n", wall())
    assert half is not None
    assert show_code(database, half, sila("staff", "code", "ayse").output.strip(), "n", wall())
