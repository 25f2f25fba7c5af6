"""One folder holds a whole machine: for one process at a time, on free ports; a broken-off demo is not mixed in."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.place import PORTS, USUAL_PREFECT_PORT, Occupied, Place
from tests.api.test_doors import an_intake

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "machine")
    made.make()
    return made


def test_a_folder_is_for_one_at_a_time(place: Place) -> None:
    with place.occupied(), pytest.raises(Occupied, match="another folder"), place.occupied():
        pass


def test_taken_ports_are_replaced_when_the_folder_is_used_again(place: Place) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # somebody may just have given it back
        other.bind(("127.0.0.1", int(place.said["port_api"])))
        other.listen()
        taken = place.said["port_api"]
        with place.occupied():
            assert place.said["port_api"] != taken
            assert place.said["token"]


def test_two_that_start_in_the_same_second_take_different_ports(place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other")
    other.make()  # nobody listens yet: both folders name the same usual ports
    with place.occupied() as ours, other.occupied() as theirs:
        prefect = [ports.take(USUAL_PREFECT_PORT) for ports in (ours, theirs)]
        taken = [one.said[f"port_{name}"] for one in (place, other) for name in PORTS]
        assert len({*taken, *map(str, prefect)}) == 2 * len(PORTS) + 2


def test_keys_are_for_their_owner_only(place: Place) -> None:
    assert {path.stat().st_mode & 0o077 for path in (place.settings_file, place.keys_file)} == {0}


def test_a_demo_that_was_broken_off_asks_to_be_emptied(place: Place, tmp_path: Path) -> None:
    intake = tmp_path / "case.json"
    intake.write_text(json.dumps(an_intake()), encoding="utf-8")
    assert sila("case", "start", str(intake), "--data", str(place.data)).returncode == 0
    said = sila("demo", "--data", str(place.data), "--exit")
    assert said.returncode == 2
    assert "--fresh" in said.stderr


def test_partners_and_staff_are_registered_by_command(place: Place) -> None:
    folder = ("--data", str(place.data))
    assert sila("partner", "add", "hope", "--country", "XX", "--until", "2099-01-01", *folder).returncode == 2
    assert sila("partner", "add", "hope", "--country", "KG", "--until", "2099-01-01", *folder).returncode == 0
    added = sila("staff", "add", "ayse", "--role", "counsellor", "--role", "supervisor", *folder).stdout
    key, link = added.split()
    assert key.startswith("sila_")
    assert link.startswith(f"{place.api_url}/enrol/")
    assert sila("staff", "add", "ayse", "--role", "counsellor", *folder).returncode == 2
    assert sila("staff", "stop", "ayse", *folder).returncode == 0
    assert "holds" in sila("events", "verify", *folder).stdout


def sila(*said: str) -> "subprocess.CompletedProcess[str]":
    """The command, in a process of its own, without settings of this one."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SILA_")}
    command = [sys.executable, "-m", "api.cli.main", *said]
    return subprocess.run(command, env=clean, capture_output=True, text=True, cwd=ROOT, check=False)
