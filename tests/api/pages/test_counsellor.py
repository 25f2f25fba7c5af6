"""A counsellor's pages: what needs action, lists, search, the case, withdrawing; nobody sees another's case."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from api.cli.cast import Child, Life, case_of
from models.case import Case
from models.complaint import Topic
from models.database import Database
from models.glass import ClassThreeRead
from models.question import Question
from models.staff import Staff
from models.stage import Role, Track
from tests.api.pages.browser import Browser, serving
from tests.journeys.office import Offering
from workflows import themselves
from workflows.inputs import CaseIn
from workflows.open_case import open_case

MOST_QUERIES, MOST_BYTES = 12, 54_000  # with style sheet and script, packed, no more than 100 kB


@pytest.fixture
def desk(database: Database) -> Iterator[tuple[Browser, Offering]]:
    """A family's case that has come as far as counselling; the counsellor has it."""
    one = Offering(database, area="Mary", children=[Child("Aylar", "Aýlar", 70)])
    one.unanswered |= {"counselling_session"}
    one.until(lambda: any(row.kind == "counselling_session" for row in one.rows(Question)))
    with serving(one.house) as browser:
        yield browser.sign_in("counsellor"), one


def another(one: Offering, number: int, owner: str = "counsellor", **life: str) -> str:
    """One more case."""
    known = {"given_names": "Grace", "family_name": "Nakato", "native_name": "Grace Nakato", **life}
    born = date(1985, 1, 1) + timedelta(days=number)
    life = Life("", "completed", "UG", "Kampala", **known, born_on=born)  # type: ignore[arg-type]
    said = case_of(life, number, one.now.date())
    return open_case(one.house, CaseIn.model_validate(said), Staff(handle=owner, roles=["counsellor"]))


def queries(one: Offering, browser: Browser, path: str) -> int:
    """How many queries a page asks."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "ROLLBACK", "COMMIT")):
            asked.append(statement)

    event.listen(one.house.database.engine, "before_cursor_execute", note)
    answer = browser.get(path)
    event.remove(one.house.database.engine, "before_cursor_execute", note)
    assert answer.status_code == 200, answer.text[:300]
    assert len(answer.content) < MOST_BYTES
    return len(asked)


@pytest.mark.parametrize("path", ["/", "/cases", "/cases/{ref}", "/cases/{ref}/timeline", "/cases/{ref}/sharing"])
def test_a_page_asks_as_many_queries_for_forty_cases_as_for_one(desk: tuple[Browser, Offering], path: str) -> None:
    browser, one = desk
    few = queries(one, browser, path.format(ref=one.ref))
    for number in range(2, 42):
        another(one, number)
    many = queries(one, browser, path.format(ref=one.ref))
    assert many == few
    assert many <= MOST_QUERIES


def test_home_and_case_say_what_is_asked_and_lead_to_it(desk: tuple[Browser, Offering]) -> None:
    browser, one = desk
    home, case = browser.get("/").text, browser.get(f"/cases/{one.ref}").text
    for text in (home, case):
        assert re.search(r'href="/questions/[0-9a-f-]{36}"', text)
        assert "Annayeva" in text
    assert "Cannot begin, because" in case
    assert "Aylar" in case
    turkish = browser.sign_in("counsellor", "tr").get(f"/cases/{one.ref}").text
    assert re.search(r">çocuk · ", turkish)


def test_t2_a_name_is_found_in_any_script_among_ones_own_cases_only(desk: tuple[Browser, Offering]) -> None:
    browser, one = desk
    theirs = another(one, 5, owner="somebody-else", family_name="Annayeva")
    found = browser.submit(browser.get("/cases"), "/search$", q="Аннаева")
    assert one.ref in found.text
    assert theirs not in found.text
    assert "Аннаева" not in str(found.url)


def test_t14_anothers_case_is_as_unknown_as_one_that_is_not(desk: tuple[Browser, Offering]) -> None:
    browser, one = desk
    theirs = another(one, 5, owner="somebody-else")
    for door in ("", "/timeline", "/sharing", "/notes", "/team", "/risk", "/travel"):
        there, nowhere = browser.get(f"/cases/{theirs}{door}"), browser.get(f"/cases/C-0000000000{door}")
        assert there.status_code == nowhere.status_code == 404, door
        assert there.text.replace(theirs, "REF") == nowhere.text.replace("C-0000000000", "REF"), door


def test_l4_withdrawing_takes_one_question_and_no_reason(desk: tuple[Browser, Offering]) -> None:
    browser, one = desk
    asked = browser.get(f"/cases/{one.ref}/withdraw")
    told = browser.submit(asked, "/withdraw$")
    assert "It is recorded that the person withdraws" in told.text
    with one.house.database.reading() as session:
        assert session.exec(select(Case).where(Case.ref == one.ref)).one().track is Track.UNDECIDED
    assert browser.submit(asked, "/withdraw$").status_code == 200  # a second click finds it done


def test_s12_a_note_is_kept_and_each_reading_is_written_down(desk: tuple[Browser, Offering]) -> None:
    browser, one = desk
    notes = browser.submit(browser.get(f"/cases/{one.ref}/notes"), "/notes$", text="<script>x</script> söz")
    assert "&lt;script&gt;x&lt;/script&gt; söz" in notes.text
    with one.house.database.reading() as session:
        reads = session.exec(select(ClassThreeRead).where(ClassThreeRead.case_ref == one.ref)).all()
    assert {tuple(row.fields) for row in reads} == {("case_notes.text",)}


def test_c3_whoever_hands_a_case_on_sees_nothing_more_of_it(desk: tuple[Browser, Offering]) -> None:
    browser, one = desk
    with one.house.database.unit_of_work() as session:
        session.add(Staff(handle="ayse", roles=[Role.COUNSELLOR.value]))
    page = browser.get(f"/cases/{one.ref}/team")
    browser.submit(page, "/team$", role="counsellor", handle="ayse")
    assert browser.get(f"/cases/{one.ref}").status_code == 404
    assert browser.sign_in("ayse").get(f"/cases/{one.ref}").status_code == 200


def test_what_a_person_asks_in_their_window_reaches_whom_it_is_for(desk: tuple[Browser, Offering]) -> None:
    browser, one = desk
    themselves.want_a_call(one.house, one.ref, "morning")
    themselves.complain(one.house, one.ref, Topic.STAFF, "Nobody called me.", named=False, once="a")
    home = browser.get("/")
    assert "called in the morning" in home.text
    assert "called in the morning" not in browser.submit(home, "/done$").text
    assert browser.get("/complaints").status_code == 403
    asked = browser.sign_in("supervisor").get("/complaints")
    assert "Nobody called me." in asked.text
    assert one.ref not in asked.text
    assert "Nothing waits" in browser.submit(asked, "/complaints/", answer="We are sorry. We call today.").text
