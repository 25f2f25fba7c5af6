"""The case record: all that its reader may read, nothing else, and a note of every protected column that was opened."""

import json
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from api.documents.columns import LEFT_OUT, TABLES
from api.documents.desk import Desk
from api.documents.findings import field_of, unnamed
from api.documents.parts import Words
from api.documents.record import said
from models.access import Field
from models.case import Case
from models.person import Person
from models.tables import METADATA
from tests import databases
from tests.api.documents.papers import ZONE, Papers

ALL = frozenset(Field)
MARKS = "\u2066\u2068\u2069"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, database_server: str | None) -> Iterator[Papers]:
    """One house for all of them."""
    with databases.fresh(tmp_path_factory.mktemp("papers"), database_server) as database:
        yield Papers(database)


def desk(papers: Papers, session: Session, readable: frozenset[Field], language: str = "en") -> Desk:
    """What somebody who may read these fields has before them."""
    case = session.exec(select(Case)).one()
    person = session.exec(select(Person).where(Person.principal)).one()
    return Desk(session, case, person, Words(language), papers.one.now, ZONE, "ayse.k", readable)


def text(papers: Papers, readable: frozenset[Field], language: str = "en") -> tuple[str, set[str]]:
    """What the record says to them, and which protected columns it opened."""
    with papers.database.reading() as session:
        mine = desk(papers, session, readable, language)
        made = json.dumps(said(mine), ensure_ascii=False)
    return "".join(letter for letter in made if letter not in MARKS), mine.shown


def test_every_sealed_column_of_a_case_is_shown_somewhere_or_left_out_for_a_reason() -> None:
    assert list(unnamed()) == []
    assert set(TABLES) & set(LEFT_OUT) == set()
    assert {*TABLES, *LEFT_OUT} <= set(METADATA.tables)
    for name in TABLES:
        for column in METADATA.tables[name].c:
            assert field_of(name, column.name, column.info["field_class"]) in Field


def test_a_reader_of_everything_reads_everything(papers: Papers) -> None:
    made, shown = text(papers, ALL)
    for word in ("Zaynab Al Jubouri", "زينب الجبوري", "+905551200001", "Medical clearance", "Risk assessment",
                 "Screening", "Booking", "Consent to pass on my data", "nadia", "What this reader"):  # fmt: skip
        assert (word in made) is (word != "What this reader"), word
    assert {"risk_assessments.level", "health_clearances.fit", "screenings.result", "bookings.flights"} <= shown


@pytest.mark.parametrize(("field", "word"), [
    (Field.HEALTH, "Medical clearance"), (Field.TRAFFICKING, '"Screening"'), (Field.LOCATION, '"Booking"'),
    (Field.NARRATIVE, "hint of the programme"), (Field.IDENTITY, "Al Jubouri"),
])  # fmt: skip
def test_what_a_reader_may_not_read_is_left_out(papers: Papers, field: Field, word: str) -> None:
    assert word in text(papers, ALL)[0]
    made, shown = text(papers, ALL - {field} if field is not Field.LOCATION else ALL - {field, Field.IDENTITY})
    assert word not in made
    assert "What this reader may not read is left out." in made
    assert not any(TABLES[one.split(".")[0]].field is field for one in shown if one.split(".")[0] in TABLES)


def test_process_data_alone_open_nothing_that_is_sealed(papers: Papers) -> None:
    made, shown = text(papers, frozenset({Field.PROCESS}))
    assert shown == set()
    for word in ("Zaynab", "Jubouri", "+90555", "ZZ70000"):
        assert word not in made
    assert papers.one.ref in made
    assert "stage.stands" in made


@pytest.mark.parametrize("language", ["tr", "ar", "fa", "ru", "fr", "uz", "ur"])
def test_in_every_language(papers: Papers, language: str) -> None:
    made, _ = text(papers, ALL, language)
    assert Words(language)("Findings and notes") in made
    assert "Zaynab Al Jubouri" in made
