"""The staff's page of documents: who may print what, what is written down before, and what a GET leaves alone."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from api.main import create_app
from api.settings import DoorSettings
from integrations.serving import Served
from models.assignment import CaseAssignment
from models.clock import FixedClock
from models.document_print import DocumentPrint
from models.event import verify
from models.glass import ClassThreeRead
from models.staff import Staff
from models.stage import Role
from tests import databases
from tests.api.documents.papers import Papers, text_of
from tests.api.pages.browser import Browser
from workflows.house import House, World, WorldSettings


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, database_server: str | None) -> Iterator[Papers]:
    """One house; the counsellor answers for its case, a medical officer works on it, another counsellor does not."""
    with databases.fresh(tmp_path_factory.mktemp("papers"), database_server) as database:
        papers = Papers(database)
        with database.unit_of_work() as session:
            for handle, role in (("counsellor", Role.COUNSELLOR), ("doctor", Role.MEDICAL_OFFICER),
                                 ("stranger", Role.COUNSELLOR), ("auditor", Role.AUDITOR)):  # fmt: skip
                session.add(Staff(handle=handle, roles=[role.value]))
            session.add(CaseAssignment(case_id=papers.one.case().id, at=papers.one.now, by="counsellor",
                                       role=Role.MEDICAL_OFFICER, handle="doctor"))  # fmt: skip
        yield papers


@pytest.fixture
def clock(papers: Papers) -> FixedClock:
    """The time of the house."""
    return FixedClock(papers.one.now)


@pytest.fixture
def browser(papers: Papers, clock: FixedClock) -> Iterator[Browser]:
    """Nobody yet."""
    house = House(papers.database, clock, World(WorldSettings(_env_file=None)))
    with Served(create_app(house, DoorSettings(prefect_url="http://127.0.0.1:9"), clock.now)) as at:
        browser = Browser(at.url, house)
        yield browser
        browser.http.close()


def reads(papers: Papers) -> list[ClassThreeRead]:
    """What was written down of reading class 3."""
    with papers.database.reading() as session:
        return list(session.exec(select(ClassThreeRead).order_by(ClassThreeRead.id)).all())  # type: ignore[arg-type]


def page(browser: Browser, papers: Papers, who: str, language: str = "en") -> httpx.Response:
    """The page of documents as somebody sees it."""
    return browser.sign_in(who, language).get(f"/cases/{papers.one.ref}/documents")


def counts(papers: Papers) -> list[int]:
    """How many rows the tables have that printing writes to."""
    with papers.database.engine.connect() as connection:
        names = ("events", "document_prints", "class_three_reads", "alerts")
        return [connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names]


def test_a_counsellor_prints_a_declaration_in_the_language_of_the_person(papers: Papers, browser: Browser) -> None:
    shown = page(browser, papers, "counsellor")
    answer = browser.submit(shown, "/documents/declaration", language="ru", person=principal(papers))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert "Zaynab" not in answer.headers["content-disposition"]
    text = text_of(answer.content)
    assert "Заявление о добровольном возвращении" in text
    assert "counsellor · консультант" in text
    assert "Voluntary return declaration" in page(browser, papers, "counsellor").text
    assert "/documents/assent" not in shown.text, "there is no child in this case"


def test_s12_class_3_is_written_down_before_it_is_printed(papers: Papers, browser: Browser) -> None:
    before = len(reads(papers))
    shown = page(browser, papers, "counsellor")
    browser.submit(shown, "/documents/receipt", language="en", handover=str(papers.handover.id))
    assert len(reads(papers)) == before, "a receipt holds nothing of class 3"
    made = browser.submit(shown, "/documents/record", language="en")
    assert "Medical clearance" in text_of(made.content)
    row = reads(papers)[-1]
    assert (row.by, row.case_ref) == ("counsellor", papers.one.ref)
    assert {"health_clearances.fit", "risk_assessments.level"} <= set(row.fields)
    with papers.database.reading() as session:
        assert verify(session)[1] == []


def test_each_prints_what_they_may_read(papers: Papers, browser: Browser) -> None:
    shown = page(browser, papers, "doctor").text
    assert "/documents/declaration" in shown
    assert "/documents/package" not in shown
    assert "/documents/day_sheet" not in shown
    made = browser.submit(page(browser, papers, "doctor"), "/documents/record", language="en")
    text = text_of(made.content)
    assert "Medical clearance" in text
    assert "hint of the programme" not in text
    assert "What this reader may not read is left out." in text
    assert not any(name.startswith(("risk", "screening")) for name in reads(papers)[-1].fields)
    auditor = page(browser, papers, "auditor").text
    assert "Zaynab" not in auditor
    assert "/documents/declaration" not in auditor


@pytest.mark.parametrize("kind", ["declaration", "day_sheet", "package", "record"])
def test_forced_browsing_gets_nothing(papers: Papers, browser: Browser, kind: str) -> None:
    mine = page(browser, papers, "counsellor")
    made = browser.submit(mine, "/documents/receipt", language="en", handover=str(papers.handover.id))
    before, path = counts(papers), f"/cases/{papers.one.ref}/documents"
    browser.sign_in("stranger")
    said = {"csrf": csrf(browser), "language": "en", "person": principal(papers)}
    assert browser.http.post(f"{path}/{kind}", data=said).status_code in (403, 404)
    assert browser.http.get(made.url.path).status_code == 404, "another's print"
    assert counts(papers) == before


def csrf(browser: Browser) -> str:
    """The token of whoever is signed in."""
    return browser.get("/").text.split('name="csrf" value="')[1].split('"')[0]


def principal(papers: Papers) -> str:
    """The id of the person."""
    return str(papers.handover.person_id)


def test_bad_input_says_what_to_do(papers: Papers, browser: Browser) -> None:
    shown, before = page(browser, papers, "counsellor"), counts(papers)
    for kind, said, words in (
        ("declaration", {"language": "xx", "person": principal(papers)}, "Choose the language"),
        ("declaration", {"language": "en", "person": "x"}, "Choose one of the people"),
        ("receipt", {"language": "en", "handover": "x"}, "Choose one of the handovers"),
        ("transfer_consent", {"language": "en", "to": "nadia:gossip"}, "Choose the recipient from the list"),
        ("transfer_consent", {"language": "en", "to": "somebody else:reception"}, "Choose the recipient"),
    ):
        answer = browser.submit(shown, f"/documents/{kind}", **said)
        assert answer.status_code == 422
        assert words in answer.text
    path = f"/cases/{papers.one.ref}/documents"
    assert browser.http.post(f"{path}/declaration", data={"language": "en"}).status_code == 403
    assert counts(papers) == before


def test_a_get_changes_nothing_and_a_print_is_over_after_a_while(
    papers: Papers, browser: Browser, clock: FixedClock
) -> None:
    made = browser.submit(page(browser, papers, "counsellor"), "/documents/data_consent", language="tr",
                          person=principal(papers))  # fmt: skip
    before = counts(papers)
    again = browser.get(made.url.path)
    assert again.content == made.content
    assert page(browser, papers, "counsellor", "tr").status_code == 200
    assert counts(papers) == before
    clock.at += timedelta(minutes=14, seconds=59)
    assert browser.sign_in("counsellor").get(made.url.path).status_code == 200
    clock.at += timedelta(seconds=1)
    late = browser.sign_in("counsellor").get(made.url.path)
    assert late.status_code == 410
    assert "print the document again" in late.text


def test_t17_a_recipient_is_chosen_and_never_typed(papers: Papers, browser: Browser) -> None:
    shown = page(browser, papers, "counsellor")
    for to, words in (("tariq:reception", "tariq"), ("migration_authority:authority", "миграционная служба"),
                      ("trusted_contact:contact", "................")):  # fmt: skip
        assert f'value="{to}"' in shown.text
        made = browser.submit(shown, "/documents/transfer_consent", language="ru", to=to)
        assert words in text_of(made.content)


def test_the_page_speaks_turkish(papers: Papers, browser: Browser) -> None:
    text = page(browser, papers, "counsellor", "tr").text
    for words in ("Gönüllü geri dönüş beyanı", "Şimdiye kadar yazdırılanlar", "Belgenin dili"):
        assert words in text


def test_each_reader_has_a_record_of_their_own(papers: Papers, browser: Browser) -> None:
    for who in ("counsellor", "doctor"):
        browser.submit(page(browser, papers, who), "/documents/record", language="en")
    with papers.database.reading() as session:
        rows = session.exec(select(DocumentPrint).where(DocumentPrint.kind == "record")).all()
    assert {"counsellor", "doctor"} <= {row.subject for row in rows}
