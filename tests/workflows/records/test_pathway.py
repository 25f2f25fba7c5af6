"""A case keeps the version it started under; a person moves it to a newer one, and may look first what would change."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from models.case import Case
from models.clock import FixedClock
from models.database import Database
from models.staff import Staff
from models.stage import Role, Stage
from tests.api.test_doors import an_intake
from tests.factories import DAY, NOW, facts
from workflows import commands, pathways
from workflows import facts as f
from workflows.commands import Refused
from workflows.house import House, World, WorldSettings
from workflows.inputs import CaseIn
from workflows.inputs.pathway import PathwayMoveIn
from workflows.open_case import open_case
from workflows.pathways import current
from workflows.process.versions import differences, would_stand
from workflows.records import FACTS

SUPERVISOR = Staff(handle="supervisor", roles=[Role.SUPERVISOR.value])
COUNSELLOR = Staff(handle="counsellor", roles=[Role.COUNSELLOR.value])


@pytest.fixture(autouse=True)
def _second_version(tmp_path: Path) -> Iterator[None]:
    """A version 2 that holds from June on, with a longer time for screening, and a version 3 far ahead."""
    first = Path(pathways.__file__).parent / "avrr_tr" / "1"
    for number, day in (("2", "2026-06-01"), ("3", "2090-01-01")):
        folder = tmp_path / "rules" / "avrr_tr" / number
        shutil.copytree(first, folder)
        head = (folder / "pathway.toml").read_text().replace("version = 1", f"version = {number}")
        (folder / "pathway.toml").write_text(head.replace("valid_from = 2026-01-01", f"valid_from = {day}"))
        patience = (folder / "patience.toml").read_text()
        (folder / "patience.toml").write_text(patience.replace("urgent = { value = 24,", "urgent = { value = 36,"))
    pathways.add_folder(tmp_path / "rules")
    yield
    pathways.FOLDERS.remove(tmp_path / "rules")
    pathways.load.cache_clear()
    pathways.rules_of.cache_clear()


def a_house(database: Database, at: datetime) -> House:
    """A house at an instant."""
    return House(database, FixedClock(at), World(WorldSettings(_env_file=None)))


def opened(house: House) -> str:
    """A case of today."""
    return open_case(house, CaseIn.model_validate(json.loads(json.dumps({**an_intake(), "partner": None}))), COUNSELLOR)


def version_of(house: House, ref: str) -> int:
    """What a case runs under."""
    with house.database.reading() as session:
        return session.exec(select(Case.pathway_version).where(Case.ref == ref)).one()


def move(house: House, ref: str, version: int, who: Staff = SUPERVISOR) -> None:
    """A person moves it."""
    commands.record(house, ref, FACTS["pathway_move"], PathwayMoveIn(version=version, reason="new_rules"), who)


def test_a_new_case_starts_under_the_version_that_holds_on_its_day(database: Database) -> None:
    assert current(datetime(2026, 5, 31, tzinfo=UTC).date()) == ("avrr_tr", 1)
    assert current(datetime(2026, 6, 1, tzinfo=UTC).date()) == ("avrr_tr", 2)
    house = a_house(database, datetime(2026, 6, 1, 8, tzinfo=UTC))
    assert version_of(house, opened(house)) == 2


def test_an_older_case_keeps_its_version_until_a_supervisor_moves_it(database: Database) -> None:
    house = a_house(database, datetime(2026, 5, 20, 8, tzinfo=UTC))
    ref = opened(house)
    house.clock.at += 30 * DAY  # type: ignore[attr-defined]
    assert version_of(house, ref) == 1
    with pytest.raises(commands.NotAllowed):
        move(house, ref, 2, COUNSELLOR)
    move(house, ref, 2)
    assert version_of(house, ref) == 2


@pytest.mark.parametrize(("version", "said"), [(1, "newer"), (3, "holds from"), (9, "there is no version 9")])
def test_what_cannot_be_moved_is_said(database: Database, version: int, said: str) -> None:
    house = a_house(database, datetime(2026, 5, 20, 8, tzinfo=UTC))
    ref = opened(house)
    with pytest.raises(Refused, match=said):
        move(house, ref, version)
    assert version_of(house, ref) == 1


def test_two_versions_are_compared_limit_by_limit() -> None:
    assert list(differences("avrr_tr", 1, 2)) == ["urgent: 24 hours becomes 36 hours"]


def test_a_case_can_be_looked_at_under_another_version() -> None:
    one = facts(screening=None, asked={("screening", ""): NOW - DAY / 2})
    changed = would_stand(one, 2)
    assert set(changed) == {Stage.INTAKE}
    assert would_stand(one, 1) == {}
    assert isinstance(one, f.Facts)
