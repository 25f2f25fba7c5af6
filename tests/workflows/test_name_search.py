"""A name is found in whatever script it is typed, among one's own cases only (T2), and no more once it is erased."""

from typing import Any

import pytest
from sqlmodel import select

from models.database import Database
from models.name_token import NameToken
from models.person import Person
from models.queries import search
from models.staff import Staff
from tests.journeys.light import Light
from workflows import erasure, name_search

SAIDA = {"given_names": "Saida", "family_name": "Mukhammadova", "native_name": "Саида Мухаммадова"}
KERIMI = {"given_names": "Mohammad Reza", "family_name": "Karimi", "native_name": "محمد رضا کریمی"}
COUNSELLOR = Staff(handle="counsellor", roles=["counsellor"])


def found(light: Light, typed: str, who: Staff = COUNSELLOR) -> list[str]:
    """The references that somebody finds."""
    with light.house.database.reading() as session:
        wanted = name_search.wanted(light.house.database.keyring, typed)
        return [case.ref for case in search.found(session, who, wanted, typed, light.house.clock.now())]


@pytest.mark.parametrize(("name", "typed"), [
    (SAIDA, "muh"), (SAIDA, "Muhammedova"), (SAIDA, "мухам"), (SAIDA, "saida mukh"), (SAIDA, "MUKHAMMADOVA, Saida"),
    (KERIMI, "محم"), (KERIMI, "kerimi"), (KERIMI, "Muhammed"), (KERIMI, "Карими"), (KERIMI, "rıza"),
])  # fmt: skip
def test_a_name_is_found_across_scripts_and_spellings(database: Database, name: dict[str, Any], typed: str) -> None:
    light = Light(database, **name)
    assert found(light, typed) == [light.ref]


@pytest.mark.parametrize(
    "typed", ["x", "Petrova", "saida petrova", "", "  -  ", "%", "' OR 1=1", "C-", "a" * 5000, "x" * 9 + " " * 9000]
)
def test_what_fits_nobody_finds_nobody(database: Database, typed: str) -> None:
    assert found(Light(database, **SAIDA), typed) == []


def test_a_reference_is_found_by_its_beginning(database: Database) -> None:
    light = Light(database, **SAIDA)
    assert [found(light, typed) for typed in (light.ref, light.ref[:6].lower(), light.ref.replace("-", ""))] == [
        [light.ref]
    ] * 3


def test_t2_a_colleague_finds_only_what_is_theirs(database: Database) -> None:
    light = Light(database, **SAIDA)
    assert found(light, "Saida", Staff(handle="ayse", roles=["counsellor"])) == []
    assert found(light, light.ref, Staff(handle="ayse", roles=["counsellor"])) == []
    assert found(light, "Saida", Staff(handle="counsellor", roles=["counsellor"], active=False)) == []


def test_s21_whoever_is_erased_is_found_by_nothing(database: Database) -> None:
    Light(database, **SAIDA)
    with database.unit_of_work() as session:
        (person,) = session.exec(select(Person.id)).all()
        erasure.destroy(session, person)
    with database.reading() as session:
        assert session.exec(select(NameToken)).all() == []
    assert name_search.index_missing(database) == 0


def test_those_who_were_there_before_the_index_are_added_once(database: Database) -> None:
    light = Light(database, **SAIDA)
    with database.unit_of_work() as session:
        for row in session.exec(select(NameToken)).all():
            session.delete(row)
    assert found(light, "Saida") == []
    assert [name_search.index_missing(database), name_search.index_missing(database)] == [1, 0]
    assert found(light, "Saida") == [light.ref]


def test_a_name_that_is_corrected_is_found_as_it_is_now(database: Database) -> None:
    light = Light(database, **SAIDA)
    with database.unit_of_work() as session:
        person = session.exec(select(Person)).one()
        session.info["vault"].seal(person, given_names="Zuhra", family_name="Olimova", native_name=None)
    assert (found(light, "Saida"), found(light, "Zuhra")) == ([], [light.ref])


def test_the_index_holds_no_name(database: Database) -> None:
    light = Light(database, **SAIDA)
    with database.reading() as session:
        tokens = session.exec(select(NameToken.token)).all()
    assert len(tokens) > 10
    other = name_search.fingerprints(type(light.house.database.keyring)({"k": b"x" * 32}), ["l:sai"])
    assert not other & set(tokens)
