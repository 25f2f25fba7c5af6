"""Somebody outside asks: one answer for all, given before any look; a victim's protection officer hears of it."""

from typing import Any

import pytest
from sqlmodel import select

from models.database import Database
from models.enquiry import Enquiry, EnquiryNote
from models.staff import Staff
from models.stage import Role
from models.vault import PersonKey
from tests.journeys.light import Light
from workflows.duties import duties
from workflows.enquiry import keep_enquiry, look_into_enquiries, neutral_answer
from workflows.inputs import EnquiryIn

DESK = Staff(handle="desk", roles=["counsellor"])
KNOWN, UNKNOWN = "Dilnoza Karimova", "Nobody Atall"


@pytest.fixture
def light(database: Database) -> Light:
    """Dilnoza Karimova's case; she may be a victim."""
    light = Light(database, native_name="Дилноза Каримова")
    light.say("screening", {"suspicion": True, "vulnerable": False})
    return light


def asked(light: Light, about: str, **more: Any) -> None:
    """Somebody asks, and it is looked into afterwards."""
    body = {"channel": "phone", "asker": "media", "about": about, "said": "Is she with you?", **more}
    keep_enquiry(light.house, EnquiryIn.model_validate(body), DESK)


def notes(light: Light) -> int:
    """How many notes the case has."""
    return len(light.facts().intake.enquiries)


def tasks(light: Light) -> list[str]:
    """What protection must look at."""
    return [duty.asking.subject for duty in duties(light.facts()) if duty.asking.question == "enquiry_review"]


def test_nothing_is_looked_up_before_the_answer(light: Light) -> None:
    asked(light, KNOWN)
    assert notes(light) == 0
    assert look_into_enquiries(light.house) == 1
    assert notes(light) == 1
    assert look_into_enquiries(light.house) == 0


@pytest.mark.parametrize("name", [KNOWN, "Дилноза Каримова", "KARIMOVA, Dilnoza", "دلنوزا کریموا"])
def test_in_whatever_spelling_they_ask_a_protection_officer_hears_of_it(light: Light, name: str) -> None:
    asked(light, name)
    look_into_enquiries(light.house)
    (note,) = tasks(light)
    light.say("enquiry_review", {"about": note, "action": "She was told."}, Role.PROTECTION_OFFICER)
    assert tasks(light) == []


@pytest.mark.parametrize(("name", "born"), [(UNKNOWN, None), ("Dilnoza", None), (KNOWN, "1960-01-02")])
def test_about_somebody_else_nothing_follows(light: Light, name: str, born: str | None) -> None:
    asked(light, name, born_on=born)
    look_into_enquiries(light.house)
    assert notes(light) == 0


def test_who_is_no_victim_gives_no_task(database: Database) -> None:
    light = Light(database)
    light.say("screening", {"vulnerable": False})
    asked(light, KNOWN)
    look_into_enquiries(light.house)
    assert tasks(light) == []
    assert notes(light) == 1


def test_what_was_asked_is_sealed_and_stands_in_no_event(light: Light) -> None:
    asked(light, KNOWN, caller="A. Reporter")
    with light.house.database.reading() as session:
        row = session.exec(select(Enquiry)).one()
        for sealed in (row.about, row.caller, row.said):
            assert sealed
            assert b"Karimova" not in sealed
            assert b"Reporter" not in sealed


def test_who_works_on_the_case_records_it_there(light: Light) -> None:
    body = {"channel": "in_person", "asker": "family", "about": KNOWN}
    light.say("enquiry", body)
    assert len(tasks(light)) == 1
    with light.house.database.reading() as session:
        assert session.exec(select(EnquiryNote)).one()


def test_the_answer_neither_confirms_nor_denies() -> None:
    for sentence in neutral_answer().values():
        for word in ("return", "traffick", "victim", "shelter", "not here", "mağdur", "dönüş"):
            assert word not in sentence.lower()


def test_s21_of_somebody_erased_nothing_is_found_and_nothing_breaks(light: Light) -> None:
    with light.house.database.unit_of_work() as session:
        session.delete(session.get_one(PersonKey, light.people()[0].id))
    asked(light, KNOWN)
    assert look_into_enquiries(light.house) == 1
    with light.house.database.reading() as session:
        assert session.exec(select(EnquiryNote)).all() == []
