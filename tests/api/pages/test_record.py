"""Facts are recorded on pages by whoever may, as the forms ask for them, and nothing else is taken."""

import hashlib
import re
from typing import Any

import pytest
from sqlalchemy import event as hooks
from sqlmodel import col, delete, select

from api.forms import Setting, fill
from api.pages.staff.desk import in_words
from api.pages.visitor import Visitor
from models.case import Case
from models.handover import Partner
from models.question import StandingRow
from models.signed_in import SignedIn
from models.staff import Staff
from models.stage import Role, Stage
from tests.api.forms.bodies import body_of
from tests.api.pages.browser import NOW, Browser
from tests.api.pages.recording import SCREENED, browser, facts, marks, ref, rows, send
from workflows.explain import sentence
from workflows.noted import kept, more_of
from workflows.records.table import FACTS
from workflows.standing import Asking, say

__all__ = ["browser", "ref"]


def test_a_counsellor_records_a_fact_and_comes_back_to_the_case(browser: Browser, ref: str) -> None:
    page = browser.get(f"/cases/{ref}/record/screening")
    assert page.status_code == 200
    assert "Screening for trafficking and needs" in page.text
    answer = send(browser, page, **SCREENED)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{ref}?recorded=screening")
    assert facts(browser, ref, "screening") == 1
    assert "Recorded: Screening for trafficking and needs" in browser.get(answer.headers["location"]).text
    assert "&lt;b&gt;" not in browser.get(f"/cases/{ref}?recorded=<b>").text


def test_why_a_question_is_asked_is_told_at_the_clock_of_the_house() -> None:
    why = say("country.held", place="Mary", since=NOW, cause="disaster")
    who = Visitor(Staff(handle="c", roles=[]), SignedIn(language="en"), "Europe/Istanbul")  # type: ignore[call-arg]
    told = in_words(Asking(Role.COUNSELLOR, "handover_plan", why, NOW, why), who, {})
    assert ["13:00 (UTC+0300)" in text for text in (told.why, told.then)] == [True, True]
    assert "10:00" not in told.why + told.then


def test_partners_are_called_by_their_names_where_a_reason_names_them(browser: Browser, ref: str) -> None:
    """On the page of the case, where somebody chooses whom to ask next, and in what a program reads."""
    why = say("handover.declined", alternate="tariq, nadia")
    asks = Asking(Role.COUNSELLOR, "handover_plan", why, NOW, say("then.escalate", role="supervisor"))
    with browser.house.database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        session.exec(delete(StandingRow).where(col(StandingRow.case_id) == case.id))
        session.add(StandingRow(case_id=case.id, stage=Stage.PARTNER_HANDOVER, kind="Asking", on="counsellor",
                                since=NOW, until=NOW, why=kept(why), more=more_of(asks)))  # fmt: skip
        session.get_one(Partner, "tariq").name = "Tariq Returns"
        session.get_one(Partner, "nadia").name = None
    assert "could take over: Tariq Returns, nadia" in browser.get(f"/cases/{ref}").text
    for language in ("en", "tr"):
        assert sentence(why, language, {"tariq": "Tariq Returns"}).endswith("Tariq Returns, nadia")
        assert sentence(why, language).endswith("tariq, nadia")


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
    assert send(browser, page, details="Seen near the house.").headers["location"] == "/?recorded=protection_alert"
    assert "Recorded: " in browser.get("/?recorded=protection_alert").text
    assert facts(browser, ref, "protection_alert") == 1


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
    for kind in ("closure", "reintegration_plan", "family_split", "survey", "journey_plan"):
        typed = fill(FACTS[kind].model, body_of(kind), Setting())
        answer = send(browser, pages[kind], **typed, _checked="1")
        assert answer.status_code in (303, 403, 409, 422), kind


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
