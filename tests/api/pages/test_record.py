"""Facts are recorded on pages: by whoever may, once, knowing what changed meanwhile, and nothing typed is lost."""

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import event as hooks
from sqlmodel import func, select

from api.cli.cast import case_of, people
from api.forms import Setting, fill
from models.clock import FixedClock
from models.database import Database
from models.draft import Draft, drafts_of
from models.event import Event
from models.kept_form import KeptForm
from models.queries.cases import timeline
from models.question import Question
from models.staff import Staff
from models.stage import Role
from tests.api.forms.bodies import SOMEBODY, body_of
from tests.api.pages.browser import NOW, Browser, served
from workflows.advance import advance
from workflows.house import House
from workflows.inputs import CaseIn
from workflows.open_case import open_case
from workflows.records.table import FACTS

SCREENED = {"result": "none", "vulnerable": "no"}
CLOCK = FixedClock(NOW)


@pytest.fixture
def browser(database: Database) -> Iterator[Browser]:
    """A counsellor."""
    CLOCK.at = NOW
    with served(database, CLOCK) as browser:
        yield browser.sign_in("counsellor")


@pytest.fixture
def ref(browser: Browser) -> str:
    """A case of the counsellor's."""
    return a_case(browser.house)


def a_case(house: House, number: int = 1, by: str = "counsellor") -> str:
    """Opened by somebody, and looked at once."""
    said = CaseIn.model_validate(case_of(people()[number], number, NOW.date()))
    with house.database.reading() as session:
        who = session.exec(select(Staff).where(Staff.handle == by)).one()
    opened = open_case(house, said, who)
    advance(house, opened)
    return opened


def marks(page: httpx.Response) -> dict[str, str]:
    """The marks of a form that was opened."""
    return {name: re.findall(f'name="{name}" value="([^"]*)"', page.text)[-1] for name in ("csrf", "_once", "_seen")}


def send(browser: Browser, page: httpx.Response, **typed: Any) -> httpx.Response:
    """Send the form of a page."""
    return browser.http.post(page.url.path, data={**marks(page), **typed}, follow_redirects=False)


def facts(browser: Browser, ref: str, kind: str) -> int:
    """How often a fact was recorded."""
    with browser.house.database.reading() as session:
        return sum(event.kind == f"fact.{kind}" for event in timeline(session, ref))


def test_a_counsellor_records_a_fact_and_comes_back_to_the_case(browser: Browser, ref: str) -> None:
    page = browser.get(f"/cases/{ref}/record/screening")
    assert page.status_code == 200
    assert "Screening for trafficking and needs" in page.text
    answer = send(browser, page, **SCREENED)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{ref}?recorded=screening")
    assert facts(browser, ref, "screening") == 1
    assert "Recorded: Screening for trafficking and needs" in browser.get(answer.headers["location"]).text
    assert "&lt;b&gt;" not in browser.get(f"/cases/{ref}?recorded=<b>").text


def test_nobody_records_in_a_case_that_is_not_theirs_or_without_the_role(browser: Browser, ref: str) -> None:
    with browser.house.database.unit_of_work() as session:
        session.add(Staff(handle="other", roles=["counsellor"]))
    assert browser.sign_in("other").get(f"/cases/{ref}/record/screening").status_code == 404
    assert browser.sign_in("auditor").get(f"/cases/{ref}/record/screening").status_code in (403, 404)
    browser.sign_in("counsellor")
    assert browser.get(f"/cases/{ref}/record/risk_assessment").status_code == 403
    assert browser.get(f"/cases/{ref}/record/nonsense").status_code == 404
    assert browser.get("/cases/C-0000000000/record/screening").status_code == 404


def test_whoever_hears_of_a_danger_says_so_in_a_case_that_is_not_theirs(browser: Browser, ref: str) -> None:
    with browser.house.database.unit_of_work() as session:
        session.add(Staff(handle="other", roles=["counsellor"]))
    page = browser.sign_in("other").get(f"/cases/{ref}/record/protection_alert")
    assert page.status_code == 200
    assert "Keti" not in page.text
    assert send(browser, page, details="Seen near the house.").headers["location"] == "/"
    assert facts(browser, ref, "protection_alert") == 1


def test_f29_a_double_click_records_once_and_ends_the_same_way(browser: Browser, ref: str) -> None:
    page = browser.get(f"/cases/{ref}/record/screening")
    first, second = send(browser, page, **SCREENED), send(browser, page, **SCREENED)
    assert first.headers["location"] == second.headers["location"]
    assert facts(browser, ref, "screening") == 1


def test_a_form_that_is_sent_again_with_something_else_in_it_is_a_new_entry_that_is_asked_about(
    browser: Browser, ref: str
) -> None:
    page = browser.get(f"/cases/{ref}/record/screening")
    send(browser, page, **SCREENED)
    again = send(browser, page, result="possible", vulnerable="yes", _seen="99999")
    assert again.status_code == 409
    assert "sent already" in again.text
    assert marks(again)["_once"] != marks(page)["_once"]


def test_f30_the_second_of_two_tabs_sees_what_changed_and_loses_nothing(browser: Browser, ref: str) -> None:
    one, two = (browser.get(f"/cases/{ref}/record/screening") for _ in range(2))
    send(browser, one, **SCREENED)
    stopped = send(browser, two, result="possible", vulnerable="yes")
    assert stopped.status_code == 409
    assert "What changed meanwhile" in stopped.text
    assert "Screening for trafficking" in stopped.text.split("What changed meanwhile")[1].split("</section>")[0]
    assert re.search(r'value="possible" checked', stopped.text)
    assert facts(browser, ref, "screening") == 1
    assert send(browser, stopped, result="possible", vulnerable="yes").status_code == 303
    assert facts(browser, ref, "screening") == 2


def test_what_the_house_does_by_itself_stops_nobody(browser: Browser, ref: str) -> None:
    page = browser.get(f"/cases/{ref}/record/screening")
    CLOCK.at = NOW + timedelta(hours=1)
    advance(browser.house, ref)
    assert send(browser, page, **SCREENED).status_code == 303


def test_a_long_form_is_looked_at_once_more_and_can_be_changed(browser: Browser, ref: str) -> None:
    page = browser.get(f"/cases/{ref}/record/counselling_session")
    typed = {"options": ["stay", "return"], "language": "tr", "place": "office", "notes": "Calm.\nTook an hour."}
    check = send(browser, page, **typed)
    assert check.status_code == 200
    assert "Stay in Türkiye, Voluntary return" in check.text
    assert facts(browser, ref, "counselling_session") == 0
    hidden = re.findall(r'<input type="hidden" name="([^"_c][^"]*)" value="([^"]*)"', check.text)
    assert ("language", "tr") in hidden
    change = send(browser, check, **typed, _change="1")
    assert change.status_code == 200
    assert "Took an hour." in change.text
    assert send(browser, check, **typed, _checked="1").status_code == 303
    assert facts(browser, ref, "counselling_session") == 1


def test_a_row_is_added_without_javascript_and_what_was_typed_stays(browser: Browser, ref: str) -> None:
    with browser.house.database.unit_of_work() as session:
        for name in ("counsellor", "supervisor"):
            session.exec(select(Staff).where(Staff.handle == name)).one().roles = [name, "movement_officer"]
    page = browser.get(f"/cases/{ref}/record/desk_booking")
    more = send(browser, page, locator="QX7T2M", _add="flights", **{"flights.0.carrier": "ZZ", "flights.0._row": "on"})
    assert more.status_code == 200
    assert 'name="flights.1.carrier"' in more.text
    assert 'value="QX7T2M"' in more.text
    less = send(browser, more, _remove="flights.1", **{"flights.0.carrier": "ZZ", "flights.1.carrier": "YY"})
    assert 'name="flights.1.carrier"' not in less.text


def test_what_is_put_aside_is_sealed_and_its_writers_alone_and_goes_when_it_is_sent(
    browser: Browser, ref: str, database: Database
) -> None:
    path = f"/cases/{ref}/record/trafficking_appeal"
    text = "Half a sentence that nobody else may read"
    assert send(browser, browser.get(path), reasons=text, _save="1").headers["location"] == path
    with database.reading() as session:
        stored = session.exec(select(Draft)).one().fields
        assert stored is not None
        assert text.encode() not in stored
        assert [one for one, _ in drafts_of(session, "counsellor", NOW)] == [path]
    page = browser.get(path)
    assert text in page.text
    assert "put aside" in page.text
    home = browser.get("/").text
    assert f'<a href="{path}">Appeal against the decision · {ref}</a>' in home
    assert text not in home
    assert text not in browser.sign_in("supervisor").get(path).text
    browser.sign_in("counsellor")
    CLOCK.at = NOW + timedelta(days=8)
    assert text not in browser.sign_in("counsellor").get(path).text
    CLOCK.at = NOW
    screening = f"/cases/{ref}/record/screening"
    send(browser, browser.sign_in("counsellor").get(screening), **SCREENED, _save="1")
    send(browser, browser.get(screening), **SCREENED)
    with database.reading() as session:
        assert screening not in [one for one, _ in drafts_of(session, "counsellor", NOW)]


def asked(browser: Browser, kind: str) -> Question:
    """The open question of a kind."""
    with browser.house.database.reading() as session:
        return session.exec(select(Question).where(Question.kind == kind)).one()


def test_a_question_is_answered_on_its_page_and_then_it_is_no_longer_open(browser: Browser, ref: str) -> None:
    question = asked(browser, "screening")
    page = browser.get(f"/questions/{question.id}")
    assert "The person has not been screened" in page.text
    late = browser.get(f"/questions/{question.id}")
    assert send(browser, page, **SCREENED).status_code == 303
    assert send(browser, page, **SCREENED).status_code == 303, "a second click"
    assert browser.get(f"/questions/{question.id}").status_code == 409
    stopped = send(browser, late, result="possible", vulnerable="yes")
    assert stopped.status_code == 409
    assert re.search(r'value="possible" checked', stopped.text)
    assert browser.get(f"/questions/{SOMEBODY}").status_code == 409


def test_somebody_whose_question_was_answered_by_another_keeps_what_they_typed(browser: Browser, ref: str) -> None:
    with browser.house.database.unit_of_work() as session:
        session.add(Staff(handle="other", roles=["protection_officer"]))
    screening = browser.get(f"/cases/{ref}/record/screening")
    send(browser, screening, **SCREENED, urgent_needs="safety", _checked="1")
    advance(browser.house, ref)
    need = asked(browser, "urgent_need")
    assert need.role is Role.PROTECTION_OFFICER
    path = f"/questions/{need.id}"
    one, two = browser.sign_in("protection_officer").get(path), browser.sign_in("other").get(path)
    assert (one.status_code, two.status_code) == (200, 200)
    browser.sign_in("protection_officer")
    done = browser.http.post(path, data={**marks(browser.get(path)), "about": need.subject, "met": "Moved."},
                             follow_redirects=False)  # fmt: skip
    assert done.status_code == 303
    advance(browser.house, ref)
    assert browser.sign_in("other").get(path).status_code == 409
    token = re.findall(r'name="csrf" value="([^"]*)"', browser.get("/").text)[0]
    late = browser.http.post(path, data={
        "csrf": token, "_once": "form-late", "_seen": "0", "about": need.subject, "met": "My own words"})  # fmt: skip
    assert late.status_code == 409
    assert "My own words" in late.text


@pytest.mark.parametrize(("typed", "status"), [
    ({"is_admin": "on"}, 422), ({"result": "admin"}, 422), ({"csrf": "forged"}, 403), ({"_once": ""}, 422),
    ({"vulnerable": "no\r\nX-Evil: 1"}, 422), ({"indicators": ["a\x00b"]}, 422), ({"indicators": "x" * 2_000_000}, 413),
])  # fmt: skip
def test_what_nobody_asked_for_is_refused_and_changes_nothing(
    browser: Browser, ref: str, typed: dict[str, Any], status: int
) -> None:
    answer = send(browser, browser.get(f"/cases/{ref}/record/screening"), **{**SCREENED, **typed})
    assert answer.status_code == status
    assert facts(browser, ref, "screening") == 0
    assert "X-Evil" not in answer.headers


def test_html_that_was_typed_is_shown_as_text(browser: Browser, ref: str) -> None:
    evil = "</textarea><script>alert(1)</script>"
    answer = send(browser, browser.get(f"/cases/{ref}/record/trafficking_appeal"), reasons=evil)
    assert answer.status_code == 409, "nothing was decided yet"
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


def test_a_refusal_of_the_process_is_said_at_its_field_in_turkish(browser: Browser, ref: str) -> None:
    browser.sign_in("counsellor", "tr")
    page = browser.get(f"/cases/{ref}/record/prior_assistance")
    answer = send(browser, page, programme="none", amount="310,50")
    assert answer.status_code == 422
    assert "Tutarı para birimiyle birlikte girin ya da ikisini de boş bırakın" in answer.text
    assert 'href="#f-currency' in answer.text


def test_the_fingerprint_of_a_file_is_taken_and_the_file_is_not_kept(browser: Browser, ref: str) -> None:
    page = browser.get(f"/cases/{ref}/record/counselling_session")
    with_file = browser.http.post(page.url.path, data={**marks(page), "language": "tr", "options": "stay"},
                                  files={"materials._file": ("a.pdf", b"%PDF-1.7", "application/pdf")})  # fmt: skip
    assert with_file.status_code == 200
    assert hashlib.sha256(b"%PDF-1.7").hexdigest() in with_file.text
    strange = browser.http.post(page.url.path, data=marks(page), files={"evil": ("a", b"x", "text/plain")})
    assert strange.status_code == 422


def test_every_kind_opens_and_no_sending_of_it_breaks_or_is_seen_by_a_get(browser: Browser, ref: str) -> None:
    with browser.house.database.unit_of_work() as session:
        everything = [role.value for role in Role if not role.value.endswith("_partner")]
        session.exec(select(Staff).where(Staff.handle == "counsellor")).one().roles = everything
    before = rows(browser)
    pages = {kind: browser.get(f"/cases/{ref}/record/{kind}") for kind in FACTS}
    assert {kind: page.status_code for kind, page in pages.items() if page.status_code != 200} == {}
    assert rows(browser) == before
    assert {kind: len(page.content) for kind, page in pages.items() if len(page.content) > 100_000} == {}
    for kind in ("closure", "risk_assessment", "reintegration_plan", "family_split", "survey", "journey_plan"):
        typed = fill(FACTS[kind].model, body_of(kind), Setting())
        answer = send(browser, pages[kind], **typed, _checked="1")
        assert answer.status_code in (303, 403, 409, 422), kind


def rows(browser: Browser) -> int:
    """How many events there are."""
    with browser.house.database.reading() as session:
        return session.exec(select(func.count()).select_from(Event)).one()


@pytest.mark.parametrize(("kind", "most"), [("screening", 12), ("desk_booking", 12), ("family_split", 12)])
def test_a_form_asks_the_database_little(browser: Browser, ref: str, kind: str, most: int) -> None:
    asked: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    with browser.house.database.unit_of_work() as session:
        session.exec(select(Staff).where(Staff.handle == "counsellor")).one().roles = ["counsellor", "movement_officer"]
        engine = session.get_bind()
    hooks.listen(engine, "before_cursor_execute", note)
    try:
        page = browser.get(f"/cases/{ref}/record/{kind}")
    finally:
        hooks.remove(engine, "before_cursor_execute", note)
    assert page.status_code == 200
    reads = [one for one in asked if one.startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(reads) <= most, "\n".join(reads)


def test_what_was_typed_when_the_session_ended_is_sent_after_signing_in_again(browser: Browser, ref: str) -> None:
    page = browser.get(f"/cases/{ref}/record/counselling_session")
    CLOCK.at = NOW + timedelta(minutes=20)
    typed = {"options": ["stay", "return"], "language": "tr", "place": "office", "notes": "Long.\nAnd calm."}
    away = browser.http.post(page.url.path, data={**marks(page), **typed}, follow_redirects=False)
    assert away.status_code == 303
    assert away.headers["location"].startswith("/sign-in")
    with browser.house.database.reading() as session:
        kept = session.exec(select(KeptForm)).one()
    back = browser.sign_in("counsellor").get(f"/kept/{kept.id}")
    action = re.findall(r'action="(/cases/[^"]+)"', back.text)[0]
    fields = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', back.text.split(action)[1].split("</form>")[0]
    )
    sent: dict[str, list[str]] = {}
    for name, value in fields:
        sent.setdefault(name, []).append(value)
    check = browser.http.post(action, data=sent, follow_redirects=False)
    assert check.status_code == 200
    assert "And calm." in check.text
    assert send(browser, check, **typed, _checked="1").status_code == 303
    assert facts(browser, ref, "counselling_session") == 1
