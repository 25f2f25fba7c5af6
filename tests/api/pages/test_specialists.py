"""Queues, the risk matrix with its second person, and the travel desk, as those who work there meet them."""

import re
from collections.abc import Iterator

import pytest

from models.database import Database
from models.question import Question
from models.staff import Staff
from models.stage import Role
from tests.api.pages.browser import Browser, serving
from tests.journeys.office import Offering
from workflows.pathways import rules_of
from workflows.pathways.tables.risk_assessment import RiskDomain


@pytest.fixture
def at_risk(database: Database) -> Iterator[tuple[Browser, Offering]]:
    """A case whose risk nobody has assessed yet."""
    case = Offering(database, area="Mary")
    case.unanswered |= {"risk_assessment", "risk_approval"}
    case.until(lambda: is_asked(case, "risk_assessment"))
    with serving(case.house) as browser:
        yield browser, case


def is_asked(case: Offering, kind: str) -> bool:
    """Whether a question of a kind is open."""
    return any(row.kind == kind and row.answered_at is None for row in case.rows(Question))


def filled(**over: str) -> dict[str, str]:
    """The whole matrix: low everywhere."""
    said = {}
    for row in rules_of("avrr_tr", 1).rows(RiskDomain):
        said |= {f"{row.code}.likelihood": "2", f"{row.code}.impact": "2"}
    return {**said, "level": "low", **over}


def test_the_queue_shows_what_is_asked_of_a_role_and_leads_to_it(at_risk: tuple[Browser, Offering]) -> None:
    browser, case = at_risk
    text = browser.sign_in("protection_officer").get("/queues").text
    assert f"/cases/{case.ref}/risk" in text
    assert "Ogulgerek" not in text
    taken = browser.submit(browser.get("/queues"), "/take$")
    assert (taken.status_code, "/take" in taken.text) == (200, False)
    assert f"/cases/{case.ref}/risk" in browser.get("/queues/protection_officer?which=mine").text
    assert f"/cases/{case.ref}/risk" not in browser.get("/queues/protection_officer?which=free").text
    assert browser.get("/queues/medical_officer").status_code == 403


def test_s8_a_second_person_decides_on_exactly_what_they_read(at_risk: tuple[Browser, Offering]) -> None:
    browser, case = at_risk
    blank = browser.sign_in("protection_officer").get(f"/cases/{case.ref}/risk/new")
    assert browser.submit(blank, "/risk/new$", **filled()).history[0].status_code == 303
    mine = browser.get(f"/cases/{case.ref}/risk").text
    assert "Your decision" not in mine
    shown = browser.sign_in("supervisor").get(f"/cases/{case.ref}/risk")
    assert "Your decision" in shown.text
    told = browser.submit(shown, "/decision$", approved="yes", sha256="0" * 64)
    assert (told.status_code, "not the content" in told.text) == (409, True)
    assert browser.submit(shown, "/decision$", approved="yes").history[0].status_code == 303
    assert case.facts().risk.approved  # type: ignore[union-attr]


def test_a_matrix_that_cannot_be_right_comes_back_as_it_was_typed(at_risk: tuple[Browser, Offering]) -> None:
    browser, case = at_risk
    blank = browser.sign_in("protection_officer", "tr").get(f"/cases/{case.ref}/risk/new")
    wrong = {"retaliation.likelihood_after": "1", "narrative": "<b>söz</b>", "level": ""}
    told = browser.submit(blank, "/risk/new$", **filled(**wrong))
    assert told.status_code == 422
    assert "neyin azalttığını belirtin" in told.text
    assert "&lt;b&gt;söz&lt;/b&gt;" in told.text
    assert case.facts().risk is None


@pytest.mark.parametrize(
    "role", ["counsellor", "medical_officer", "movement_officer", "operations", "auditor", "monitoring"]
)
def test_g9_nobody_else_reads_what_endangers_somebody(at_risk: tuple[Browser, Offering], role: str) -> None:
    browser, case = at_risk
    with case.house.database.unit_of_work() as session:
        session.add(Staff(handle=f"other-{role}", roles=[role]))
    browser.sign_in(f"other-{role}")
    assert browser.get(f"/cases/{case.ref}/risk").status_code in (403, 404)
    assert browser.get(f"/cases/{case.ref}/risk/new").status_code in (403, 404)


def test_the_travel_desk_shows_offers_side_by_side_with_the_rules(database: Database) -> None:
    case = Offering(database, area="Mary")
    case.unanswered |= {"price_approval"}
    case.until(lambda: bool(case.facts().offers) and bool(case.facts().bookings))
    with serving(case.house) as browser:
        with case.house.database.unit_of_work() as session:
            session.add(Staff(handle="desk", roles=[Role.SUPERVISOR.value]))
        text = browser.sign_in("desk").get(f"/cases/{case.ref}/travel").text
    assert len(re.findall("Kept:|Broken:", text)) > 3
    assert "Best by the rules" in text
    assert "Bookings" in text
    assert "through the airline" in text
    assert "<td>api</td>" not in text
