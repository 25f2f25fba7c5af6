"""The switch of a place: at once for every case, by two people back, and the same when said again."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from api.cli.cast import Life, case_of
from models.case import Case
from models.country import LiftWord, PlaceHold
from models.database import Database
from models.event import Event, verify
from models.staff import Staff
from models.stage import Role
from tests.journeys.light import BEGIN, Light
from workflows import gates
from workflows.commands import NotAllowed, Refused, Wrong, country
from workflows.due import due_refs, reread
from workflows.standing import say

ANNE, BORA = (Staff(handle=name, roles=[Role.SUPERVISOR.value]) for name in ("anne", "bora"))
SOURCE = "Ministry of Health circular 12"


@pytest.fixture
def light(database: Database) -> Light:
    """Five cases: three to Uzbekistan, one of them to Bukhara; two to Georgia. None is due."""
    light = Light(database)
    for number, (place, area) in enumerate(
        [("UZ", "Samarkand"), ("UZ", "Bukhara"), ("GE", "Gori"), ("GE", "Tbilisi")], 2
    ):
        life = Life("", "", place, area, "Nino", f"Beridze {'ABCDEFGH'[number]}", "Nino")
        light.begin(case_of(life, number, BEGIN.date()))
    rest(light)
    return light


def rest(light: Light) -> None:
    """Nothing is due."""
    with light.house.database.unit_of_work() as session:
        for case in session.exec(select(Case)):
            case.due_at = None


def hold(light: Light, place: str = "UZ", area: str | None = None, reason: str = "public_health") -> country.Turned:
    """By Anne."""
    return country.hold(light.house, place, area, reason, SOURCE, ANNE)


def test_a_hold_wakes_every_open_case_towards_the_place_and_no_other(light: Light) -> None:
    assert hold(light).told == 3
    assert len(due_refs(light.house, 10)) == 3
    closed = gates.place(light.facts())
    assert closed == say("country.held", place="UZ", cause="public_health", since=BEGIN)


def test_a_hold_on_an_area_holds_that_area(light: Light) -> None:
    assert hold(light, area="BUKHARA").told == 1
    assert gates.place(light.facts()) is None
    with light.house.database.reading() as session:
        assert [row.area for row in country.affected(session, "UZ", "bukhara")] == ["Bukhara"]


def test_the_same_hold_again_changes_nothing(light: Light) -> None:
    first = hold(light)
    rest(light)
    again = hold(light)
    assert (again.hold_id, again.told) == (first.hold_id, 0)
    with light.house.database.reading() as session:
        assert len(session.exec(select(PlaceHold)).all()) == 1
    assert not due_refs(light.house, 10)


def test_cases_are_told_in_batches_and_a_turn_that_was_cut_off_is_finished_by_the_clock(
    light: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(country, "BATCH", 1)
    batches = iter([True, False])
    known = country.not_told

    def cut_off(session: object, row: PlaceHold) -> object:
        if not next(batches, True):
            raise KeyboardInterrupt
        return known(session, row)  # type: ignore[arg-type]

    monkeypatch.setattr(country, "not_told", cut_off)
    with pytest.raises(KeyboardInterrupt):
        hold(light)
    assert len(due_refs(light.house, 10)) == 1
    assert gates.place(light.facts()) is not None, "the gate is closed before anybody is told"
    reread(light.house)
    assert len(due_refs(light.house, 10)) == 3
    with light.house.database.reading() as session:
        assert session.exec(select(PlaceHold)).one().woken_at is not None


def test_two_people_lift_it_and_one_does_not(light: Light) -> None:
    hold(light)
    assert not country.lift(light.house, "UZ", None, "the ministry says so", ANNE).done
    assert gates.place(light.facts()) is not None
    with pytest.raises(Refused) as twice:
        country.lift(light.house, "UZ", None, "still so", ANNE)
    assert twice.value.code == "four_eyes"
    rest(light)
    lifted = country.lift(light.house, "UZ", None, "the office there says so too", BORA)
    assert (lifted.done, lifted.told) == (True, 3)
    assert gates.place(light.facts()) is None
    with light.house.database.reading() as session:
        assert {row.by for row in session.exec(select(LiftWord))} == {"anne", "bora"}
        kinds = session.exec(select(Event.kind).where(Event.subject == "places").order_by(col(Event.number))).all()
        assert list(kinds) == ["place.held", "place.lift_asked", "place.lifted"]
        assert verify(session)[1] == []


def test_what_is_not_held_cannot_be_lifted_and_a_country_is_not_its_area(light: Light) -> None:
    hold(light, area="Bukhara")
    with pytest.raises(Refused) as said:
        country.lift(light.house, "UZ", None, "all is well", BORA)
    assert said.value.code == "not_held"


def test_a_place_is_held_again_after_it_was_lifted_with_new_words(light: Light) -> None:
    hold(light)
    for who in (ANNE, BORA):
        country.lift(light.house, "UZ", None, "over", who)
    assert hold(light).told == 3
    assert not country.lift(light.house, "UZ", None, "over again", BORA).done


@pytest.mark.parametrize(
    ("place", "reason", "code"), [("XX", "public_health", "unknown_country"), ("UZ", "bad_feeling", "unknown_code")]
)
def test_what_cannot_be_held_is_refused(light: Light, place: str, reason: str, code: str) -> None:
    with pytest.raises(Wrong) as said:
        hold(light, place, reason=reason)
    assert said.value.code == code


def test_a_counsellor_does_not_turn_the_switch(light: Light) -> None:
    with pytest.raises(NotAllowed):
        country.hold(light.house, "UZ", None, "public_health", SOURCE, Staff(handle="c", roles=["counsellor"]))


def test_a_closed_case_is_left_alone(light: Light) -> None:
    with light.house.database.unit_of_work() as session:
        session.exec(select(Case).where(Case.ref == light.ref)).one().closed_at = BEGIN
    assert hold(light).told == 2


def test_a_case_opened_under_a_hold_is_held(light: Light) -> None:
    hold(light)
    light.ref = light.begin(case_of(Life("", "", "UZ", "Khiva", "Nino", "Beridze F", "Nino"), 9, BEGIN.date()))
    assert gates.place(light.facts()) is not None


def test_a_standing_assessment_counts_until_its_last_day_and_the_areas_own_before_the_countrys(light: Light) -> None:
    def standing() -> str | None:
        known = light.facts().protection.country
        return known.level if known else None

    assert standing() is None
    country.assess_country(light.house, "UZ", None, "high", date(2026, 3, 3), SOURCE, ANNE)
    assert standing() == "high"
    country.assess_country(light.house, "UZ", "Samarkand", "low", date(2026, 3, 2) + timedelta(days=9), SOURCE, ANNE)
    assert standing() == "low"
    light.later(timedelta(days=1))
    assert standing() == "low"
    light.later(timedelta(days=9))
    assert standing() is None
