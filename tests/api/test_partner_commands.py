"""``sila partner``: adding with hours and places, what is refused, the list with reliability, pausing and leaving."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from api.cli.place import Place
from api.cli.use import use
from models.handover import Partner
from models.queries.partners import Reliability, can_take
from tests.factories import NOW
from workflows.partner_link import contact_of

RUN = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> list[str]:
    """An empty machine with one partner."""
    place = Place(tmp_path / "machine", usual=False)
    place.make()
    said = ["--data", str(place.data)]
    added = [
        "partner", "add", "hope", "--country", "KG", "--until", "2099-01-01", "--area", "Osh", "--zone",
        "Asia/Bishkek", "--opens", "8", "--closes", "16", "--capacity", "2", "--manager", "manager@hope.invalid",
    ]  # fmt: skip
    assert RUN.invoke(app, [*added, *said]).exit_code == 0
    return said


def listed(folder: list[str]) -> str:
    """The partner's line."""
    out = RUN.invoke(app, ["partner", "list", *folder]).stdout
    return next(line for line in out.splitlines() if line.startswith("hope"))


def test_a_partner_is_listed_with_its_people_and_how_it_answers(folder: list[str]) -> None:
    line = listed(folder)
    for part in ("KG", "active", "2099-01-01", "0 of 2", "0 in time, 0 late, 0 never"):
        assert part in line


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        (["--country", "XX", "--until", "2099-01-01"], "ISO 3166"),
        (["--country", "KG", "--until", "2020-01-01"], "day to come"),
        (["--country", "KG", "--until", "2099-01-01", "--zone", "Osh/Time"], "IANA"),
        (["--country", "KG", "--until", "2099-01-01", "--opens", "17", "--closes", "9"], "close after"),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_remedy(folder: list[str], said: list[str], trouble: str) -> None:
    answer = RUN.invoke(app, ["partner", "add", "x", *said, *folder])
    assert answer.exit_code == 2
    assert trouble in answer.output


def test_a_partner_pauses_and_leaves(folder: list[str]) -> None:
    assert RUN.invoke(app, ["partner", "pause", "hope", "--until", "2098-01-01", *folder]).exit_code == 0
    assert "paused until 2098-01-01" in listed(folder)
    assert "none" in RUN.invoke(app, ["partner", "stop", "hope", *folder]).stdout
    assert "left" in listed(folder)
    assert RUN.invoke(app, ["partner", "stop", "nobody", *folder]).exit_code == 2


@pytest.mark.parametrize(
    ("over", "why"),
    [
        ({}, None), ({"stopped_at": NOW}, "no_agreement"), ({"agreement_until": date(2026, 3, 1)}, "no_agreement"),
        ({"agreement_until": date(2026, 3, 2)}, None), ({"countries": ["KG"]}, "other_country"),
        ({"areas": ["Batumi"]}, "other_area"), ({"areas": ["kutaisi"]}, None),
        ({"paused_until": date(2026, 3, 2)}, "paused"), ({"paused_until": date(2026, 3, 1)}, None),
        ({"capacity": 3}, "full"), ({"capacity": 4}, None),
    ],
)  # fmt: skip
def test_who_can_take_somebody_there_now(over: dict[str, object], why: str | None) -> None:
    known = {"code": "hope", "countries": ["GE"], "agreement_until": date(2099, 1, 1)}
    assert can_take(Partner(**{**known, **over}), "GE", "Kutaisi", NOW, taken=3) == why


def test_a_partner_nobody_knows_yet_is_trusted() -> None:
    assert Reliability().share == 1
    assert Reliability(1, 1, 2).share * 4 == 1


CONTACT = ["partner", "contact", "hope", "--email", "desk@hope.example", "--phone", "+996555123456"]


def test_a_partner_without_a_system_keeps_its_contact_when_its_agreement_is_renewed(
    folder: list[str],
) -> None:
    said = RUN.invoke(app, [*CONTACT, "--language", "ru", *folder])
    assert said.exit_code == 0, said.output
    assert "desk@hope.example" not in said.output
    renewed = ["partner", "add", "hope", "--country", "KG", "--until", "2099-06-01", *folder]
    assert RUN.invoke(app, renewed).exit_code == 0
    house = use(Path(folder[1]))
    with house.database.reading() as session:
        assert session.get_one(Partner, "hope").way == "link"
        contact = contact_of(session, "hope")
    assert contact is not None
    assert (contact.language, contact.email, contact.phone) == ("ru", "desk@hope.example", "+996555123456")


@pytest.mark.parametrize(
    ("more", "trouble"),
    [
        (["--language", "xx"], "Unknown language"), (["--way", "pigeon"], "Unknown way"),
        (["--phone", "12"], "phone"), (["--email", "nobody"], "e-mail"),
    ],
)  # fmt: skip
def test_a_contact_that_cannot_be_reached_is_refused(folder: list[str], more: list[str], trouble: str) -> None:
    said = RUN.invoke(app, [*CONTACT, *more, *folder])
    assert said.exit_code != 0
    assert trouble in said.output


def test_a_partners_name_is_kept_when_its_agreement_is_renewed(folder: list[str]) -> None:
    renew = ["partner", "add", "hope", "--country", "KG", "--until", "2099-01-01", *folder]
    assert RUN.invoke(app, [*renew, "--name", "Hope of  Osh"]).exit_code == 0
    assert RUN.invoke(app, renew).exit_code == 0
    assert RUN.invoke(app, [*renew, "--name", "x" * 121]).exit_code == 2
    house = use(Path(folder[1]))
    with house.database.reading() as session:
        assert session.get_one(Partner, "hope").name == "Hope of Osh"
    house.database.close()
