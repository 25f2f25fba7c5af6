"""Whether a paper is genuine: the page knows it, and tells nothing else, however often it is asked."""

from collections.abc import Iterator

import pytest

from api.main import create_app
from api.pages.person.verify import MOST
from api.settings import DoorSettings
from integrations.serving import Served
from models.clock import FixedClock
from models.document_print import DocumentPrint, token_of
from tests import databases
from tests.api.documents.papers import Papers
from tests.api.pages.browser import NOW, Browser


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, database_server: str | None) -> Iterator[Papers]:
    """One house for all of them."""
    with databases.fresh(tmp_path_factory.mktemp("papers"), database_server) as database:
        yield Papers(database)


@pytest.fixture
def browser(papers: Papers) -> Iterator[Browser]:
    """Somebody who holds a paper, and is nobody to us."""
    clock = FixedClock(NOW)
    app = create_app(papers.house, DoorSettings(prefect_url="http://127.0.0.1:9"), clock.now)
    with Served(app) as at:
        browser = Browser(at.url, papers.house)
        yield browser
        browser.http.close()


def token(papers: Papers, row: DocumentPrint) -> str:
    """The code on a paper."""
    return token_of(papers.database.keyring, row.id)


def test_a_paper_is_genuine_until_a_newer_one_says_something_else(papers: Papers, browser: Browser) -> None:
    row = papers.keep("declaration", "tr")
    page = browser.get(f"/verify/{token(papers, row)}")
    assert "A genuine paper has this code." in page.text
    shown = " ".join(row.sha256[start : start + 8] for start in range(0, 64, 8))
    for number in (shown, row.sha256.upper(), shown[:17]):
        assert "the code and the number belong together" in browser.submit(page, "/verify", number=number).text
    papers.keep("declaration", "tr")
    assert "A genuine paper has this code." in browser.get(f"/verify/{token(papers, row)}").text
    papers.rename(family_name="Al-Jubouri")
    newer = papers.keep("declaration", "tr")
    assert "there is a newer one" in browser.get(f"/verify/{token(papers, row)}").text
    assert "A genuine paper has this code." in browser.get(f"/verify/{token(papers, newer)}").text


def test_a_number_of_another_paper_or_cut_too_short_is_not_known(papers: Papers, browser: Browser) -> None:
    row, other = papers.keep("declaration", "tr"), papers.keep("receipt", "tr")
    page = browser.get(f"/verify/{token(papers, row)}")
    for number in (other.sha256, row.sha256[:15], "", row.sha256 + "0", "%" * 64):
        assert "This is not known here." in browser.submit(page, "/verify", number=number).text
    for code in ("0" * 32, "x", "%25", "%00"):
        assert "This is not known here." in browser.get(f"/verify/{code}").text


def test_the_page_tells_nothing_of_anybody_and_changes_nothing(papers: Papers, browser: Browser) -> None:
    row = papers.keep("package", "en")
    with papers.database.engine.connect() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM events").scalar()
    known, unknown = browser.get(f"/verify/{token(papers, row)}"), browser.get(f"/verify/{'0' * 32}")
    for word in ("Zaynab", papers.one.ref, "nadia", "package", "ayse.k", row.sha256):
        assert word not in known.text
    assert (known.status_code, known.headers["content-type"]) == (unknown.status_code, unknown.headers["content-type"])
    assert known.headers["cache-control"] == "no-store"
    assert abs(len(known.text) - len(unknown.text)) < 120
    with papers.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == before


def test_in_the_language_of_the_browser(papers: Papers, browser: Browser) -> None:
    page = browser.http.get("/verify", headers={"Accept-Language": "fa-IR,fa;q=0.9"}).text
    assert '<html lang="fa" dir="rtl">' in page
    assert "بررسی یک برگه" in page


def test_whoever_tries_too_often_waits(papers: Papers, browser: Browser) -> None:
    row = papers.keep("declaration", "tr")
    answers = [browser.get(f"/verify/{number:032x}") for number in range(MOST)]
    assert {answer.status_code for answer in answers} == {200}
    late = browser.get(f"/verify/{token(papers, row)}")
    assert late.status_code == 429
    assert "genuine" not in late.text
    assert browser.get("/verify").status_code == 200


def test_a_foreign_page_cannot_ask_for_somebody(papers: Papers, browser: Browser) -> None:
    answer = browser.http.post("/verify", data={"code": "x", "number": "y"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
