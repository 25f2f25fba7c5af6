"""Papers that end too early, a nationality nobody confirms, a ban that grows: seen in the consulate's own books."""

import json
from datetime import timedelta
from typing import Any

from sqlmodel import select

from api.cli.cast import Life, case_of
from models.booking import Booking
from models.database import vault_of
from models.stage import Role, Stage
from models.travel_document import Custody
from tests.journeys.house import Living, staff
from workflows.decide import decide
from workflows.facts.papers import PersonPapers
from workflows.inputs import CaseIn
from workflows.open_case import open_case
from workflows.standing import Blocked


def a_life(family: str, *, passport: bool = False) -> Life:
    """Somebody who goes home to Georgia."""
    return Life("goes home", "completed", "GE", "Kutaisi", "Nino", family, "ნინო ბერიძე", passport=passport)


def applications(alone: Living) -> list[dict[str, Any]]:
    """What the consulate was asked for."""
    known: list[dict[str, Any]] = alone.simulators.truth()["consulate"]["applications"]
    return known


def orders(alone: Living) -> list[Any]:
    """What the airline sold."""
    return list(alone.simulators.truth()["airline"]["orders"])


def bookings(alone: Living) -> list[str]:
    """Every booking that there ever was, by the airline or the travel desk."""
    with alone.house.database.reading() as session:
        return [row.status for row in session.exec(select(Booking)).all()]


def papers(alone: Living, ref: str) -> PersonPapers:
    """The principal's papers."""
    facts = alone.facts(ref)
    return facts.papers.of(facts.principal.id)


def principal(alone: Living, ref: str) -> str:
    """Their id."""
    return alone.facts(ref).principal.id


def test_failure_document_expires_before_flight(alone: Living) -> None:
    alone.unanswered |= {"expiry_seen", "journey_plan"}
    life, today = a_life("Beridze", passport=True), alone.clock.now().date()
    said = case_of(life, 1, today)
    said["principal"]["document"]["expires_on"] = (today + timedelta(days=20)).isoformat()
    ref = open_case(alone.house, CaseIn.model_validate(json.loads(json.dumps(said))), staff(Role.COUNSELLOR))
    alone.lives[ref] = life
    alone.until(ref, "documents.ends_soon")  # predicted at request, before anything is planned
    alone.until(ref, "booking.no_plan")
    assert applications(alone) == []
    later = {"origin": "IST", "destination": "TBS", "depart_on": alone.clock.now().date() + timedelta(days=40)}
    alone.say(ref, "journey_plan", later, Role.MOVEMENT_OFFICER)
    standing = decide(alone.facts(ref))[Stage.FLIGHT_BOOKING]
    assert isinstance(standing, Blocked)  # the gate of the booking closes by itself
    assert "documents.too_short_there" in {said.code for said in standing.by}
    assert "too early for the journey" in alone.explained(ref)
    assert (orders(alone), bookings(alone)) == ([], [])
    alone.unanswered -= {"journey_plan"}
    alone.until(ref, "booking.ticketed")  # renewed: the consulate's new document opens it again
    assert [one["status"] for one in applications(alone)] == ["issued"]
    assert alone.simulators.truth()["consulate"]["duplicates"] == []


def test_failure_consulate_refuses(alone: Living) -> None:
    alone.unanswered |= {"risk_approval", "nationality_evidence", "statelessness"}
    ref = alone.begin(a_life("Denied"))
    alone.until(ref, "risk.not_approved")
    assert applications(alone) == []  # never contacted before the risk gate
    alone.unanswered = alone.unanswered - {"risk_approval"} | {"track_choice"}
    alone.until(ref, "documents.nationality")
    assert [one["refusal_code"] for one in applications(alone)] == ["nationality_not_confirmed"]
    who = {"person": principal(alone, ref)}
    alone.say(ref, "nationality_evidence", {**who, "proofs": ["birth_record"]}, Role.MOVEMENT_OFFICER)
    alone.until(ref, "documents.statelessness")
    assert [one["application"]["proofs"] for one in applications(alone)] == [[], ["birth_record"]]
    assert papers(alone, ref).refusals == 2  # each refusal is kept
    assert "protection officer" in alone.explained(ref)
    assert "koruma görevlisi" in alone.explained(ref, "tr")
    alone.say(ref, "statelessness", {**who, "outcome": "referred"}, Role.PROTECTION_OFFICER)
    alone.until(ref, "documents.referred")
    alone.say(ref, "statelessness", {**who, "outcome": "stateless"}, Role.PROTECTION_OFFICER)
    alone.until(ref, "documents.stateless")
    assert (len(applications(alone)), orders(alone), bookings(alone)) == (2, [], [])


def test_failure_consulate_doubts_and_then_issues(alone: Living) -> None:
    ref = alone.begin(a_life("Doubted"))
    alone.until(ref, "stage.travelled")
    assert [one["status"] for one in applications(alone)] == ["refused", "issued"]
    assert len(applications(alone)[1]["application"]["proofs"]) == 2
    with alone.house.database.reading() as session:
        rows = sorted(session.exec(select(Custody)).all(), key=lambda row: row.id)
        hands = [vault_of(session).open(row, "holder") for row in rows]
    assert hands == ["consulate", "house", "person"]


def test_failure_overstay_band_gets_worse_while_waiting(alone: Living) -> None:
    alone.unanswered |= {"ban_told", "journey_plan"}
    ref = alone.begin(a_life("Beridze", passport=True))
    alone.until(ref, "exit.ban_not_told")
    told = {"person": principal(alone, ref), "text_version": "ban-1", "text_hash": "0" * 64, "language": "ka"}
    alone.say(ref, "ban_told", {**told, "months": 0}, Role.COUNSELLOR)
    alone.until(ref, "booking.no_plan")
    later = {"origin": "IST", "destination": "TBS", "depart_on": alone.clock.now().date() + timedelta(days=30)}
    alone.say(ref, "journey_plan", later, Role.MOVEMENT_OFFICER)
    alone.until(ref, "exit.ban_worse")
    standing = decide(alone.facts(ref))[Stage.FLIGHT_BOOKING]
    assert isinstance(standing, Blocked)
    assert (orders(alone), bookings(alone)) == ([], [])
    alone.say(ref, "ban_told", {**told, "months": 1}, Role.COUNSELLOR)
    alone.until(ref, "booking.ticketed")
    assert len(orders(alone)) == 1
