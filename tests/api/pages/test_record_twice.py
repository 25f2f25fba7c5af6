"""A form that is sent twice, late, or from two tabs: it is done once, knowingly, and nothing typed is lost."""

import re
from datetime import timedelta

from sqlmodel import select

from models.database import Database
from models.draft import Draft, drafts_of
from models.kept_form import KeptForm
from models.staff import Staff
from models.stage import Role
from tests.api.forms.bodies import SOMEBODY
from tests.api.pages.browser import NOW, Browser
from tests.api.pages.recording import CLOCK, SCREENED, asked, browser, facts, marks, ref, send
from workflows.advance import advance

__all__ = ["browser", "ref"]


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
