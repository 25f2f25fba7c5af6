"""Sealed fields open in their own row only, and not at all once the person's key is gone."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from models.case import Case
from models.database import Database, vault_of
from models.person import Person
from models.tables import METADATA
from models.vault import Keyring, PersonKey, Unreadable, blind_index
from tests.databases import KEYRING

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def a_person(session: Session) -> Person:
    case = Case(pathway="avrr_tr", pathway_version=1, country="GE", area="Kutaisi", opened_at=NOW, opened_by="t")
    session.add(case)
    session.flush()
    person = Person(case_id=case.id, principal=True, language="tr", identity_index="0" * 32)
    vault_of(session).seal(person, given_names="Nino", born_on=date(1990, 1, 2))
    session.add(person)
    session.flush()
    return person


def test_s14_a_field_opens_in_its_own_row_and_column_only(database: Database) -> None:
    with database.unit_of_work() as session:
        one, other = a_person(session), a_person(session)
        vault = vault_of(session)
        assert vault.open(one, "given_names") == "Nino"
        assert vault.open_date(one, "born_on") == date(1990, 1, 2)
        other.given_names, one.family_name = one.given_names, one.given_names
        for row, column in ((other, "given_names"), (one, "family_name")):
            with pytest.raises(Unreadable):
                vault.open(row, column)


def test_s21_without_the_persons_key_nothing_opens(database: Database) -> None:
    with database.unit_of_work() as session:
        person = a_person(session)
        session.delete(session.get_one(PersonKey, person.id))
    with database.reading() as session, pytest.raises(Unreadable):
        vault_of(session).open(session.get_one(Person, person.id), "given_names")


def test_the_file_holds_no_name(database: Database) -> None:
    with database.unit_of_work() as session:
        person = a_person(session)
        assert b"Nino" not in (person.given_names or b"")


def test_every_column_has_a_field_class_and_sealed_ones_are_bytes() -> None:
    for table in METADATA.tables.values():
        for column in table.columns:
            field_class = column.info.get("field_class")
            assert field_class in (1, 2, 3), f"{table.name}.{column.name} has no field class"
            if field_class != 1:
                assert "BINARY" in str(column.type).upper() or "BLOB" in str(column.type).upper(), column


@pytest.mark.parametrize("text", ["", "k1", "k1:AAAA", "k1:not base64"])
def test_a_wrong_master_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Keyring.parse(text)


def test_a_blind_index_folds_case_and_space_and_needs_the_key() -> None:
    assert blind_index(KEYRING, "x", "Nino ", "B") == blind_index(KEYRING, "x", "nino", "b")
    assert blind_index(KEYRING, "x", "nino") != blind_index(Keyring({"k": bytes(32)}), "x", "nino")
