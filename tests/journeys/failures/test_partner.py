"""A partner that is silent, before and after the departure, and a partner that leaves the programme (domain.md §6)."""

import httpx
import pytest
from sqlmodel import select

from api.cli.cast import Life
from models.handover import DataCertificate, Handover, ProtectionIncident
from models.queries.cases import open_questions
from models.staff import Staff, issue_key
from models.stage import Role, Stage
from tests.journeys.house import Living
from workflows.decide import decide
from workflows.handover.clock import answer_ladder
from workflows.partner_leaves import leave
from workflows.standing import Blocked


def somebody(area: str) -> Life:
    """A vulnerable person, so that nothing is booked before a partner has accepted."""
    return Life("", "completed", "TM", area, "Ogulgerek", "Annayeva", "Ogulgerek", vulnerable=True)


def rows(alone: Living, kind: type) -> list:
    """Every row of a kind."""
    with alone.house.database.reading() as session:
        return list(session.exec(select(kind)).all())


def test_failure_partner_silent_before_departure(alone: Living) -> None:
    ref = alone.begin(somebody("Mary SILENT @nadia"))
    alone.unanswered = {"receiving_partner", "partner_call"}
    alone.until(ref, "handover.waiting")
    facts = alone.facts(ref)
    assert facts.handover
    ladder = answer_ladder(facts, facts.handover)
    asked = []
    for rung in ladder[:-1]:
        alone.to(rung.at)
        while alone.push():
            pass
        asked.append((len(alone.simulators.truth()["partner_nadia"]["reminders"]), "handover.call" in alone.codes(ref)))
    assert asked == [(1, False), (2, True), (2, True)]
    assert [said["to"] for said in alone.simulators.truth()["partner_nadia"]["reminders"]] == ["focal_point", "manager"]
    assert questions(alone) >= {("partner_call", Role.COUNSELLOR), ("partner_call", Role.COUNTRY_OFFICE)}

    alone.to(ladder[-1].at)
    while alone.push():
        pass
    held = decide(alone.facts(ref))[Stage.FLIGHT_BOOKING]
    assert isinstance(held, Blocked)
    assert "handover.not_accepted" in {reason.code for reason in held.by}
    assert "tariq" in alone.explained(ref)
    assert "tariq" in alone.explained(ref, "tr")
    assert [one["status"] for one in alone.simulators.truth()["partner_nadia"]["handovers"]] == ["RECALLED"]

    alone.unanswered = set()
    alone.until(ref, "booking.ticketed")
    assert {(row.partner, row.status) for row in rows(alone, Handover)} == {("nadia", "expired"), ("tariq", "accepted")}
    truth = alone.simulators.truth()
    assert truth["partner_nadia"]["packages"] == []
    assert truth["partner_nadia"]["personal_data_before_acceptance"] == []


def questions(alone: Living) -> set[tuple[str, Role]]:
    """What is asked of whom."""
    with alone.house.database.reading() as session:
        return {(question.kind, question.role) for question, _ in open_questions(session)}


def test_failure_partner_silent_after_departure(alone: Living) -> None:
    ref = alone.begin(somebody("Mary QUIETAFTER"))
    alone.unanswered = {"partner_call", "arrival", "protection_incident"}
    alone.until(ref, "handover.call_landed")
    alone.until(ref, "handover.arrival_silent")
    [incident] = rows(alone, ProtectionIncident)
    assert (incident.kind, incident.closed_at) == ("partner_silent", None)
    assert {("arrival", Role.PROTECTION_OFFICER), ("protection_incident", Role.PROTECTION_OFFICER)} <= questions(alone)
    assert {("partner_call", Role.COUNTRY_OFFICE)} <= questions(alone)
    assert "protection incident" in alone.explained(ref)
    assert [one["status"] for one in alone.simulators.truth()["partner_nadia"]["handovers"]] == ["ACCEPTED"]

    alone.say(ref, "arrival", {"met": True}, Role.PROTECTION_OFFICER)
    alone.unanswered = {"partner_call"}
    alone.answer()
    assert rows(alone, ProtectionIncident)[0].outcome == "person_safe"
    assert alone.facts(ref).arrived_at


def test_failure_partner_leaves_the_programme(alone: Living) -> None:
    ref = alone.begin(somebody("Mary"))
    alone.until(ref, "booking.ticketed")
    with alone.house.database.unit_of_work() as session:
        session.add(Staff(handle="nadia-system", roles=["receiving_partner"], partner="nadia"))
        key = issue_key(session, "nadia-system", alone.clock.now())
    doors = alone.house.world.settings.public_url
    bearer = {"Authorization": f"Bearer {key}"}
    [seen] = httpx.get(f"{doors}/api/handovers", headers=bearer, trust_env=False).json()["handovers"]
    package = f"{doors}/api/handovers/{seen['id']}/packages/identity"
    assert httpx.get(package, headers=bearer, trust_env=False).status_code == 200

    assert leave(alone.house, "nadia", "console") == [ref]

    assert httpx.get(package, headers=bearer, trust_env=False).status_code == 401
    alone.unanswered = {"receiving_partner", "data_certificate"}
    alone.push()
    assert {"handover.partner_left", "handover.certificate", "handover.not_accepted"} <= alone.codes(ref)
    assert [one["status"] for one in alone.simulators.truth()["partner_nadia"]["handovers"]] == ["RECALLED"]
    alone.unanswered = set()
    alone.until(ref, "handover.accepted")
    assert {(row.partner, row.status) for row in rows(alone, Handover)} == {
        ("nadia", "recalled"),
        ("tariq", "accepted"),
    }
    assert [row.kind for row in rows(alone, DataCertificate)] == ["destroyed"]


@pytest.mark.parametrize("word", ["NOREPORT", "NOTSAFE"])
def test_failure_partner_reports_no_safe_first_week(alone: Living, word: str) -> None:
    ref = alone.begin(somebody(f"Mary {word}"))
    alone.unanswered = {"protection_incident", "safe_arrival", "check_in", "safety_review"}
    alone.until(ref, "handover.incident")
    [incident] = rows(alone, ProtectionIncident)
    assert incident.kind == {"NOREPORT": "no_first_contact", "NOTSAFE": "unsafe"}[word]
    reminded = [said["about"] for said in alone.simulators.truth()["partner_nadia"]["reminders"]]
    assert reminded == {"NOREPORT": ["first_week"], "NOTSAFE": []}[word]
