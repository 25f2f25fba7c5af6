"""Duplicates, a perpetrator in the family, and enquiries from outside: seen in the partners' own books."""

import json
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from api.cli.answers import answer_to
from api.cli.cast import Life, case_of
from models.case import Case
from models.person import Person
from models.staff import Staff
from models.stage import Role, Stage
from tests.journeys.house import Living, staff
from workflows import commands
from workflows.caps import FAMILY, caps_of
from workflows.commands import Refused
from workflows.decide import decide
from workflows.enquiry import keep_enquiry, look_into_enquiries, neutral_answer
from workflows.inputs import CaseIn, EnquiryIn
from workflows.open_case import open_case
from workflows.records import FACTS

OFFICER = Role.PROTECTION_OFFICER


def nino(given: str = "Nino", native: str = "ნინო ბერიძე", **over: Any) -> Life:
    """Somebody who goes home."""
    return Life("goes home", "completed", "GE", "Kutaisi", given, "Beridze", native, **over)


def found(alone: Living, ref: str) -> str:
    """The candidate of a case."""
    (candidate,) = alone.facts(ref).intake.candidates
    return candidate.id


def verdict(alone: Living, ref: str, said: str, role: Role = Role.COUNSELLOR) -> None:
    """What somebody says who looked at both files."""
    body = {"about": found(alone, ref), "verdict": said, "reasons": "Both files were compared."}
    alone.say(ref, "duplicate_review", body, role)


def test_failure_duplicate_application_in_another_spelling(alone: Living) -> None:
    alone.unanswered = {"duplicate_review", "duplicate_merge"}
    first = alone.begin(nino())
    alone.until(first, "departure.flight")
    second = alone.begin(nino("Nyno", "Нино Беридзе", passport=False), 2)
    assert "duplicate.found" in alone.codes(second)
    verdict(alone, second, "same")
    with pytest.raises(Refused, match="Somebody else"):
        merged(alone, second, by="counsellor")
    merged(alone, second)
    assert alone.case(second).outcome == "merged"
    assert alone.case(first).closed_at is None
    alone.live()
    truth = alone.simulators.truth()
    assert len(truth["airline"]["orders"]) == 1, "one woman flies once"
    assert {payment["status"] for payment in truth["partner_nadia"]["payments"]} == {"PAID"}
    assert len(truth["partner_nadia"]["handovers"]) <= 1
    assert alone.case(first).outcome == "completed"


def merged(alone: Living, ref: str, by: str | None = None) -> None:
    """The second word; ``by`` names a person."""
    fact = FACTS["duplicate_merge"]
    said = fact.model.model_validate({"about": found(alone, ref), "agreed": True, "reasons": "So it is."})
    commands.record(alone.house, ref, fact, said, Staff(handle=by or "supervisor", roles=["supervisor"]))


def test_failure_duplicate_application_of_a_twin(alone: Living) -> None:
    alone.unanswered = {"duplicate_review"}
    first = alone.begin(nino())
    second = alone.begin(nino("Nana", "ნანა ბერიძე"), 2)
    assert "duplicate.twin" in alone.codes(second)
    assert alone.facts(second).intake.candidates[0].confidence == "possible"
    verdict(alone, second, "different")
    alone.live()
    assert {alone.case(ref).outcome for ref in (first, second)} == {"completed"}
    assert len(alone.simulators.truth()["airline"]["orders"]) == 2, "two sisters fly, each for herself"


def plan_of(alone: Living, ref: str) -> dict[str, Any]:
    """The plan that the life would sign."""
    return answer_to(alone.lives[ref], "reintegration_plan", "", alone.clock.now().date())


@pytest.mark.parametrize("programme", ["navrr", "other_iom_office"])
def test_failure_already_helped_by_another_programme(alone: Living, programme: str) -> None:
    alone.unanswered = {"prior_assistance", "reintegration_plan"}
    ref = alone.begin(nino())
    alone.until(ref, "duplicate.elsewhere")
    whole = caps_of(alone.facts(ref))[FAMILY]
    had = {"programme": programme, "amount": str(whole - 500), "currency": "EUR", "received_on": "2026-01-10"}
    alone.say(ref, "prior_assistance", had, Role.COUNSELLOR)
    assert caps_of(alone.facts(ref))[FAMILY] == Decimal(500)
    assert alone.facts(ref).intake.had_elsewhere == {programme}
    alone.until(ref, "reintegration.no_plan")
    with pytest.raises(Refused) as refused:
        alone.say(ref, "reintegration_plan", plan_of(alone, ref), Role.COUNSELLOR)
    assert refused.value.code == "over_cap"
    assert alone.simulators.truth()["partner_nadia"]["payments"] == []


def a_couple(alone: Living) -> str:
    """A woman and her husband in one case."""
    life = nino(vulnerable=True)
    said = case_of(life, 1, alone.clock.now().date())
    husband = {**said["principal"], "given_names": "Giorgi", "native_name": "გიორგი ბერიძე", "sex": "M",
               "relation": "spouse", "born_on": "1985-02-03"}  # fmt: skip
    husband["document"] = {**said["principal"]["document"], "number": "ZZ7000099"}
    body = CaseIn.model_validate(json.loads(json.dumps(said | {"dependants": [husband]})))
    ref = open_case(alone.house, body, staff(Role.COUNSELLOR))
    alone.lives[ref] = life
    return ref


def other_case(alone: Living, ref: str) -> str:
    """The case that is not this one."""
    with alone.house.database.reading() as session:
        return session.exec(select(Case.ref).where(Case.ref != ref)).one()


def test_failure_perpetrator_in_family_group(alone: Living) -> None:
    hers = a_couple(alone)
    alone.unanswered = {"data_consent", "boarding"}
    alone.until(hers, "departure.flight")
    (joint,) = alone.simulators.truth()["airline"]["orders"]
    with alone.house.database.reading() as session:
        him = session.exec(select(Person).where(Person.relation == "spouse")).one()

    alone.say(hers, "family_separation", {"perpetrator": str(him.id), "reason": "He beats her."}, OFFICER)
    his = other_case(alone, hers)
    assert alone.facts(hers).intake.separated_from == {his}
    assert alone.facts(his).intake.separated_from == {hers}
    alone.until(hers, "departure.flight")
    orders = {order["id"]: order for order in alone.simulators.truth()["airline"]["orders"]}
    assert orders[joint["id"]]["cancelled_at"], "the seats beside each other are given back"
    (new,) = [order for order in orders.values() if not order["cancelled_at"]]
    assert len(new["passengers"]) == 1, "she flies alone"
    assert "Giorgi" not in json.dumps(new).title()
    assert alone.facts(his).data_consent is False
    assert decide(alone.facts(his))[Stage.INTAKE].question == "data_consent"  # type: ignore[union-attr]
    assert his not in alone.explained(hers)
    assert hers not in alone.explained(his)
    alone.lives[his] = nino("Giorgi", "გიორგი ბერიძე")
    alone.unanswered = {"boarding", "journey_plan"}
    alone.until(his, "booking.no_plan")
    hers_on = alone.facts(hers).travel_day
    alone.say(his, "journey_plan", {"origin": "IST", "destination": "TBS", "depart_on": hers_on}, Role.MOVEMENT_OFFICER)
    alone.until(his, "departure.flight")
    assert alone.facts(his).travel_day == hers_on, "he may fly the same day"
    live = [order for order in alone.simulators.truth()["airline"]["orders"] if not order["cancelled_at"]]
    assert len(live) == 2
    assert not flights(alone, hers) & flights(alone, his), "he never sits on her aircraft"


def flights(alone: Living, ref: str) -> set[tuple[str, str, str]]:
    """The flights of the live booking of a case."""
    booking = alone.facts(ref).booking
    assert booking is not None
    return {(leg.carrier, leg.number, leg.departs_at.isoformat()) for leg in booking.legs}


def test_failure_media_or_family_asks(alone: Living) -> None:
    ref = alone.begin(nino(screening="actual"))
    alone.unanswered = {"enquiry_review"}
    alone.until(ref, "counselling.reflection")
    before = json.dumps(alone.simulators.truth(), default=str, sort_keys=True)
    said = []
    for name in ("Nino Beridze", "Nobody Atall"):
        body = {"channel": "phone", "asker": "family", "about": name, "said": "Is she with you?"}
        keep_enquiry(alone.house, EnquiryIn.model_validate(body), staff(Role.COUNSELLOR))
        said.append(neutral_answer())
        assert "enquiry.received" not in alone.codes(ref) or name != "Nino Beridze"
        look_into_enquiries(alone.house)
    assert said[0] == said[1]
    assert "enquiry.received" in alone.codes(ref)
    assert len(alone.facts(ref).intake.enquiries) == 1
    assert json.dumps(alone.simulators.truth(), default=str, sort_keys=True) == before, "nobody outside hears of it"
    (note,) = alone.facts(ref).intake.enquiries
    alone.say(ref, "enquiry_review", {"about": note.id, "action": "She was told in private."}, OFFICER)
    assert "enquiry.received" not in alone.codes(ref)
