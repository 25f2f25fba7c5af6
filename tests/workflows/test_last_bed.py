"""Fifty at once want the last bed: one has it, and the others are told so (409)."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import col, select

from api.cli.cast import Life, case_of
from models.case import Case
from models.database import Database
from models.person import Person
from models.shelter import ShelterBed, Stay
from models.staff import Staff
from tests.journeys.light import BEGIN, Light
from workflows import commands
from workflows.inputs import CaseIn
from workflows.open_case import open_case
from workflows.records import FACTS

MANY = 50
HOUSE = Staff(handle="shelter_partner", roles=["shelter_partner"], partner="yuva")


def others(light: Light) -> list[str]:
    """As many cases of women who need a bed."""
    refs = [light.ref]
    for number in range(2, MANY + 1):
        life = Life("", "stays", "UZ", "Samarkand", "Aziza", "Rahimova", "A")
        life.born_on += timedelta(days=number)
        said = case_of(life, number, BEGIN.date())
        body = CaseIn.model_validate(json.loads(json.dumps(said, default=str)))
        refs.append(open_case(light.house, body, Staff(handle="counsellor", roles=["counsellor"])))
    return refs


def admitted(light: Light, ref: str, person: str, start: Barrier) -> str:
    """One of them asks for a bed. Gives how it went."""
    said = {"person": person, "client_id": f"device-{ref}", "unit": "H-1"}
    start.wait()
    try:
        commands.record(light.house, ref, FACTS["admission"], FACTS["admission"].model.model_validate(said), HOUSE)
    except commands.Refused as refused:
        return f"{refused.status} {refused.code}"
    return "admitted"


@pytest.mark.timeout(200)
def test_fifty_want_the_last_bed_and_one_has_it(database: Database) -> None:
    light = Light(database)
    refs = others(light)
    with database.unit_of_work() as session:
        for bed in session.exec(select(ShelterBed)).all():
            bed.in_use = bed.label == "women-1"
        query = select(Case.ref, Person.id).join(Person, col(Person.case_id) == Case.id)
        owner = {ref: str(person) for ref, person in session.exec(query).all()}
    start = Barrier(MANY)
    with ThreadPoolExecutor(MANY) as pool:
        results = list(pool.map(lambda ref: admitted(light, ref, owner[ref], start), refs))
    assert sorted(results) == ["409 no_bed"] * (MANY - 1) + ["admitted"]
    with database.reading() as session:
        stay = session.exec(select(Stay)).one()
        taken = [bed for bed in session.exec(select(ShelterBed)).all() if bed.occupied_by]
    assert [(bed.id, bed.occupied_by) for bed in taken] == [(stay.bed_id, stay.id)]
