"""What papers say: the texts that are signed, only what was sent, nothing that endangers, and who printed them."""

import json
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlmodel import col, delete, select

from api.documents import issue
from api.documents.codes import FIELDS
from api.documents.day_sheet import NoTicket
from api.documents.prints import Viewer
from api.documents.texts import FOR_PURPOSE, TEXTS, consent_text, hash_of, is_published, published
from api.pages.words import LANGUAGES
from integrations.partner import ArrivalPackage, FlightLeg, IdentityPackage, PersonData, PlanLine, PlanPackage, Preview
from models.booking import Seat
from models.database import vault_of
from models.document_print import DocumentPrint
from models.event import Event, verify
from models.handover import HandoverPackage
from models.person import Person
from models.vault import PersonKey, Unreadable
from tests import databases
from tests.api.documents.papers import URL, ZONE, Papers, text_of

CONTRACT = (Preview, IdentityPackage, PersonData, ArrivalPackage, FlightLeg, PlanPackage, PlanLine)
# What a sheet that anybody may find must not say, as stems.
ENDANGERING = {
    "en": ("return", "asylum", "traffick", "shelter", "victim", "reintegr", "partner", "counsel", "protection", "iom"),
    "tr": ("dönüş", "gönüllü", "sığın", "ticaret", "mağdur", "danışman", "koruma", "ortak"),
    "ru": ("возвращ", "добровол", "убежищ", "жертв", "партн", "консульт", "защит"),
    "fr": ("retour", "asile", "traite", "victime", "partenaire", "conseil", "protection"),
    "uz": ("qayt", "ixtiyor", "boshpana", "jabr", "hamkor", "maslahat", "himoya"),
    "ar": ("عودة", "طوعي", "لجوء", "ضحية", "شريك", "حماية", "استشار"),
    "fa": ("بازگشت", "داوطلب", "پناه", "قربانی", "شریک", "حمایت", "مشاور"),
    "ur": ("واپسی", "رضاکار", "پناہ", "متاثرہ", "شراکت", "تحفظ", "مشیر"),
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, database_server: str | None) -> Iterator[Papers]:
    """One house for all of them."""
    with databases.fresh(tmp_path_factory.mktemp("papers"), database_server) as database:
        yield Papers(database)


def said_by(papers: Papers, row: DocumentPrint) -> str:
    """Everything that a print holds, without marks of direction."""
    with papers.database.reading() as session:
        said = json.dumps(vault_of(session).open(row, "said"), ensure_ascii=False)
    return "".join(letter for letter in said if letter not in "\u2066\u2068\u2069")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "purpose"), [*((kind, "") for kind in TEXTS), *(("transfer", one) for one in FOR_PURPOSE)]
)
def test_a_text_is_known_by_its_version_and_its_hash(kind: str, purpose: str, language: str) -> None:
    text = consent_text(kind, language, purpose)
    assert text.sha256 == hash_of(text.paragraphs)
    assert is_published(text.version, language, text.sha256), (
        "the words of a text that people sign have changed: give it a new version and enter its hashes"
    )
    assert not is_published(text.version, language, "0" * 64)


def test_a_text_in_each_language_is_another_text() -> None:
    for versions in published().values():
        assert set(versions) == set(LANGUAGES)
        assert len(set(versions.values())) == len(LANGUAGES)
    with pytest.raises(ValueError, match="use one of tr, en"):
        consent_text("data", "ka")


def test_what_binds_a_recipient_is_said_of_those_it_binds_alone() -> None:
    promise = "The recipient has promised in writing"
    said = {one: "\n".join(consent_text("transfer", "en", one).paragraphs) for one in ("", *FOR_PURPOSE)}
    assert [one for one, text in said.items() if promise in text] == [""]
    assert "An authority uses what it is told by its own laws" in said["authority"]
    assert "They are told nothing but what is listed above" in said["contact"]
    assert consent_text("data", "en", "contact") == consent_text("data", "en")
    for text in said.values():
        assert "at any time, without giving a reason" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", ["reception", "authority", "contact"])
def test_a_consent_for_each_purpose_carries_its_own_text(papers: Papers, purpose: str, language: str) -> None:
    said = said_by(papers, papers.keep("transfer_consent", language, f"police:{purpose}"))
    text = consent_text("transfer", language, purpose)
    assert all(json.dumps(one, ensure_ascii=False)[1:-1] in said for one in text.paragraphs)
    assert text.version in said
    assert text.sha256 in said.replace(" ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_declaration_carries_its_whole_text_and_hash(papers: Papers, language: str) -> None:
    said = said_by(papers, papers.keep("declaration", language))
    text = consent_text("declaration", language)
    assert all(json.dumps(one, ensure_ascii=False)[1:-1] in said for one in text.paragraphs)
    assert text.sha256 in said.replace(" ", "")


def test_every_field_of_the_contract_with_partners_has_a_name() -> None:
    assert {name for model in CONTRACT for name in model.model_fields} <= set(FIELDS)


def test_s5_the_package_shows_what_was_sent_and_nothing_else(papers: Papers) -> None:
    text = said_by(papers, papers.keep("package", "en"))
    with papers.database.reading() as session:
        rows = session.exec(select(HandoverPackage)).all()
        bodies = [vault_of(session).open(row, "body")["fields"] for row in rows]
    assert {row.stage for row in rows} == {"identity", "arrival"}
    assert all(row.sha256 in text.replace(" ", "") for row in rows)
    people, flights = bodies[0]["people"], bodies[1]["flights"]
    assert all(people[0][name] in text for name in ("given_names", "family_name", "native_name"))
    assert bodies[0]["phone"] in text
    assert all(flights[0][name] in text for name in ("carrier", "number", "origin", "destination"))
    assert [absent for absent in ("Nationality", "ZZ70000", "screening", "risk") if absent in text] == []


def test_the_receipt_names_nobody_and_compares_hashes(papers: Papers) -> None:
    text = said_by(papers, papers.keep("receipt", "en"))
    assert "Zaynab" not in text
    assert str(papers.handover.focal_point) in text
    assert text.count('"Yes"') == 3  # met, and two packages that are the same at the partner
    assert str(papers.handover.preview_sha256) in text.replace(" ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_for_the_day_of_travel_endangers_nobody(papers: Papers, language: str) -> None:
    row = papers.keep("day_sheet", language)
    said, printed = said_by(papers, row).casefold(), text_of(papers.bytes_of(row)).casefold()
    for text in (said, printed):
        assert [word for word in ENDANGERING[language] if word in text] == []
        assert papers.one.ref.casefold() not in text
        assert "ayse.k" not in text


def test_times_are_those_of_each_airport_with_their_zone(papers: Papers) -> None:
    text = text_of(papers.pdf("day_sheet", "en"))
    assert "UTC+03:00 Europe/Istanbul" in text
    assert "UTC+03:00 Asia/Baghdad" in text
    assert "(EBL)" in text


def test_without_a_ticket_there_is_no_sheet(papers: Papers) -> None:
    with papers.database.unit_of_work() as session:
        for seat in session.exec(select(Seat)).all():
            seat.live = False
    try:
        with pytest.raises(NoTicket):
            papers.keep("day_sheet", "en")
    finally:
        with papers.database.unit_of_work() as session:
            for seat in session.exec(select(Seat)).all():
                seat.live = True


def test_c22_every_page_names_its_reader(papers: Papers) -> None:
    row = papers.keep("declaration", "en", viewer=Viewer("mehmet.d", "supervisor"))
    text = text_of(papers.bytes_of(row))
    assert text.count("mehmet.d · supervisor · ") == text.count("/verify/")
    assert text.count(str(row.id)[-12:]) == text.count("/verify/")


def test_s11_each_print_is_in_the_history_of_its_case(papers: Papers) -> None:
    row = papers.keep("data_consent", "en")
    with papers.database.reading() as session:
        events = session.exec(select(Event).where(Event.kind == "document.printed")).all()
        assert verify(session)[1] == []
    mine = [one for one in events if one.said["print"] == str(row.id)]
    assert [(one.by, one.said["document"]) for one in mine] == [("ayse.k", "data_consent")]


def test_what_other_doors_give_is_written_down_first(papers: Papers) -> None:
    partner = Viewer("partner:nadia")
    with papers.database.reading() as session:
        person = session.exec(select(Person.id).where(Person.principal)).one()
    made = {
        "receipt": issue.receipt_pdf(papers.house, papers.handover.id, "ar", partner, URL, ZONE),
        "package": issue.package_pdf(papers.house, papers.handover.id, "ar", partner, URL, ZONE),
        "day_sheet": issue.day_sheet_pdf(papers.house, person, "fa", Viewer("person"), URL, ZONE),
    }
    with papers.database.reading() as session:
        rows = session.exec(select(DocumentPrint).order_by(col(DocumentPrint.id))).all()[-3:]
    assert [row.kind for row in rows] == list(made)
    assert [papers.bytes_of(row) for row in rows] == list(made.values())
    with pytest.raises(LookupError):
        issue.receipt_pdf(papers.house, UUID(int=1), "ar", partner, URL, ZONE)
    with pytest.raises(LookupError):
        papers.keep("package", "en", about=str(UUID(int=1)))


def test_s21_erased_with_the_person(papers: Papers) -> None:
    row = papers.keep("declaration", "en")
    with papers.database.unit_of_work() as session:
        key = session.get_one(PersonKey, row.person_id)
        kept = key.model_dump()
        session.execute(delete(PersonKey).where(col(PersonKey.person_id) == row.person_id))
    try:
        with pytest.raises(Unreadable):
            papers.bytes_of(row)
    finally:
        with papers.database.unit_of_work() as session:
            session.add(PersonKey(**kept))
