"""Risk on record: what is refused and how it is said; two people; what is approved is what was read."""

import json
from typing import Any

import pytest
from sqlmodel import select

from api.cli.answers import answer_to
from api.cli.cast import Life
from models.database import Database
from models.risk_assessment import CountryInput, RiskApproval, RiskAssessment, Threat
from models.staff import Staff
from models.stage import Role, Stage
from tests.journeys.light import Light
from workflows import commands, gates
from workflows.commands.country import assess_country
from workflows.commands.risk_assessment import read_assessment
from workflows.inbox import receive, understand
from workflows.records import FACTS
from workflows.standing import Asking, Blocked, Done, reason_of, say

OFFICER, BOSS = Role.PROTECTION_OFFICER, Role.SUPERVISOR
SESSION: dict[str, Any] = {
    "options": ["stay", "asylum", "regularisation", "return", "third_country"], "language": "tr",
}  # fmt: skip


def matrix(says: str = "low", **over: Any) -> dict[str, Any]:
    """Every domain rated, so that the matrix says this level."""
    said = answer_to(Life("", "", "UZ", "", "", "", "", risk=says), "risk_assessment", "", None)  # type: ignore[arg-type]
    return {**said, "reason": None, **over}


@pytest.fixture
def light(database: Database) -> Light:
    """Somebody who returns, counselled."""
    light = Light(database)
    light.say("screening", {"result": "none", "vulnerable": True})
    light.say("counselling_session", SESSION)
    light.say("track_choice", {"track": "return"})
    return light


def approve(light: Light, by: str = "supervisor", **over: Any) -> None:
    """As it stands in the books now."""
    risk = light.facts().risk
    assert risk is not None
    body = {"assessment": risk.id, "sha256": risk.sha256, "approved": True, **over}
    light.say("risk_approval", body, BOSS, by=by)


def assessed(light: Light, says: str = "low", **over: Any) -> None:
    """Assessed by the officer, approved by the supervisor."""
    light.say("risk_assessment", matrix(says, **over), OFFICER)
    approve(light)


def refused(light: Light, kind: str, body: dict[str, Any], role: Role, by: str | None = None) -> commands.Refused:
    """A fact that is refused."""
    with pytest.raises(commands.Refused) as said:
        light.say(kind, body, role, by)
    return said.value


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("a level alone", {"level": "low"}, "no_items", "trafficker_reach"),
    ("a domain left out", matrix(items=matrix()["items"][1:]), "not_rated", "trafficker_reach"),
    ("a domain nobody knows", matrix(items=[*matrix()["items"], {"domain": "weather", "likelihood": 1, "impact": 1}]), "unknown_code", "weather"),
    ("lower without a reason", matrix("high", level="medium"), "no_reason", "the matrix says high"),
    ("higher without a reason", matrix("low", level="medium"), "no_reason", "the matrix says low"),
    ("a critical item judged away", matrix("critical", level="high", reason="because"), "critical_item", "mitigations"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "body", "code", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_the_matrix_does_not_take(light: Light, story: str, body: dict[str, Any], code: str, says: str) -> None:
    refusal = refused(light, "risk_assessment", body, OFFICER)
    assert (refusal.code, refusal.status) == (code, 422), story
    assert says in refusal.remedy
    assert light.facts().risk is None


def test_an_assessment_says_what_the_matrix_says_and_what_the_assessor_judges(light: Light) -> None:
    light.say("risk_assessment", matrix("high", level="medium", reason="the uncle has left the country"), OFFICER)
    risk = light.facts().risk
    assert risk is not None
    assert (risk.level, risk.hint, risk.approved, risk.heard) == ("medium", "high", None, False)


def test_s8_the_assessor_does_not_approve_even_with_both_roles(light: Light) -> None:
    fact = FACTS["risk_assessment"]
    both = Staff(handle="one", roles=[OFFICER.value, BOSS.value])
    commands.record(light.house, light.ref, fact, fact.model.model_validate(matrix()), both)
    risk = light.facts().risk
    assert risk is not None
    said = {"assessment": risk.id, "sha256": risk.sha256, "approved": True}
    assert refused(light, "risk_approval", said, BOSS, by="one").code == "four_eyes"
    approve(light, by="another")
    assert gates.risk(light.facts()) is None


def test_s8_another_content_than_the_one_that_was_read_is_not_approved(light: Light) -> None:
    light.say("risk_assessment", matrix(), OFFICER)
    risk = light.facts().risk
    assert risk is not None
    other = {"assessment": risk.id, "sha256": "f" * 64, "approved": True}
    assert refused(light, "risk_approval", other, BOSS).code == "other_content"
    light.say("risk_assessment", matrix("medium"), OFFICER)
    old = {"assessment": risk.id, "sha256": risk.sha256, "approved": True}
    assert refused(light, "risk_approval", old, BOSS).code == "newer_assessment"


def test_s8_an_approval_counts_for_exactly_what_was_approved(light: Light) -> None:
    assessed(light)
    with light.house.database.unit_of_work() as session:
        row = session.exec(select(RiskAssessment)).one()
        session.info["vault"].seal(row, narrative="something else")
    risk = light.facts().risk
    assert risk is not None
    assert risk.approved is None


def test_s8_a_second_decision_on_the_same_assessment_is_refused(light: Light) -> None:
    assessed(light)
    risk = light.facts().risk
    assert risk is not None
    no = {"assessment": risk.id, "sha256": risk.sha256, "approved": False}
    assert refused(light, "risk_approval", no, BOSS, by="third").code == "not_asked"
    with light.house.database.reading() as session:
        assert len(session.exec(select(RiskApproval)).all()) == 1


def test_a_level_below_the_matrix_is_approved_by_somebody_who_read_why(light: Light) -> None:
    light.say("risk_assessment", matrix("high", level="medium", reason="moved to another province"), OFFICER)
    with pytest.raises(commands.Refused) as said:
        approve(light)
    assert said.value.code == "lower_not_seen"
    approve(light, lower_seen=True)
    assert gates.risk(light.facts()) is None


def test_a_threat_from_anybody_on_the_staff_puts_the_assessment_out_of_force(light: Light) -> None:
    assessed(light)
    told = {"kind": "threat", "narrative": "A man asked for her at the shelter's gate.", "channel": "in person"}
    light.say("threat", told, Role.SHELTER_PARTNER)
    closed = gates.risk(light.facts())
    assert closed is not None
    assert closed.code == "risk.reported"
    asking = light.stands(Stage.RISK_ASSESSMENT)
    assert isinstance(asking, Asking)
    assert (asking.role, asking.question) == (OFFICER, "risk_review")
    light.say("risk_review", {"about": asking.subject, "stands": True, "reason": "He was a neighbour."}, OFFICER)
    assert gates.risk(light.facts()) is None


def test_a_threat_is_sealed_whole(light: Light) -> None:
    light.say("threat", {"kind": "perpetrator_released", "narrative": "KARAKEDI is out"}, Role.COUNSELLOR)
    with light.house.database.reading() as session:
        row = session.exec(select(Threat)).one()
        for column in (row.kind, row.narrative):
            assert column is not None
            assert b"KARAKEDI" not in column
            assert b"perpetrator" not in column


def test_nobody_weighs_what_they_reported_themselves(light: Light) -> None:
    assessed(light)
    light.say("threat", {"kind": "threat", "narrative": "x"}, OFFICER, by="ayse")
    about = gates.review_of(light.facts())
    body = {"about": about, "stands": True, "reason": "it was nothing"}
    assert refused(light, "risk_review", body, OFFICER, by="ayse").code == "four_eyes"
    light.say("risk_review", {**body, "stands": False}, OFFICER, by="ayse")
    assert reason_of(light.stands(Stage.RISK_ASSESSMENT)).code == "risk.changed"


def test_a_look_that_missed_the_newest_report_is_refused(light: Light) -> None:
    assessed(light)
    light.say("threat", {"kind": "threat", "narrative": "x"}, Role.COUNSELLOR)
    about = gates.review_of(light.facts())
    light.say("threat", {"kind": "whereabouts_known", "narrative": "y"}, Role.COUNSELLOR)
    body = {"about": about, "stands": True, "reason": "it was nothing"}
    assert refused(light, "risk_review", body, OFFICER).code == "reported_since"


def test_what_was_found_changed_needs_a_new_assessment_and_a_new_approval(light: Light) -> None:
    assessed(light)
    light.say("threat", {"kind": "threat", "narrative": "x"}, Role.COUNSELLOR)
    about = gates.review_of(light.facts())
    light.say("risk_review", {"about": about, "stands": False, "reason": "they know where he is"}, OFFICER)
    asking = light.stands(Stage.RISK_ASSESSMENT)
    assert isinstance(asking, Asking)
    assert asking.question == "risk_assessment"
    light.say("risk_assessment", matrix("medium"), OFFICER)
    assert gates.risk(light.facts()) == say("risk.not_approved")
    approve(light)
    assert gates.risk(light.facts()) is None


def test_a_sign_of_coercion_makes_the_risk_be_looked_at_again(light: Light) -> None:
    assessed(light)
    light.say("coercion_flag", {"sign": "employer_pressure"}, Role.COUNSELLOR)
    closed = gates.risk(light.facts())
    assert closed is not None
    assert closed.code == "risk.reported"


def test_a_worse_word_on_the_place_makes_its_cases_look_again(light: Light) -> None:
    assessed(light)
    officer = Staff(handle="desk", roles=[BOSS.value])
    day = light.house.clock.now().date().replace(year=2027)
    assess_country(light.house, "UZ", "Samarkand", "high", day, "mission report", officer)
    assert reason_of(light.stands(Stage.RISK_ASSESSMENT)).code == "risk.place_changed"
    about = gates.review_of(light.facts())
    light.say("risk_review", {"about": about, "stands": True, "reason": "goes to the other end of it"}, OFFICER)
    assert gates.risk(light.facts()) is None


def test_who_decides_can_read_it_and_the_reading_is_written_down_first(light: Light) -> None:
    light.say("risk_assessment", matrix("high", level="medium", reason="left"), OFFICER)
    boss = Staff(handle="boss", roles=[BOSS.value])
    read = read_assessment(light.house, light.ref, boss)
    risk = light.facts().risk
    assert risk is not None
    assert (read["level"], read["hint"], read["reason"], read["sha256"]) == ("medium", "high", "left", risk.sha256)
    assert len(read["items"]) == 9
    with pytest.raises(commands.NotAllowed):
        read_assessment(light.house, light.ref, Staff(handle="m", roles=[Role.MOVEMENT_OFFICER.value]))


CLAIM: dict[str, Any] = {"kind": "asylum", "status": "pending"}
PAPER = "ab" * 32


def claim_of(light: Light) -> str:
    """The only claim."""
    return light.facts().protection.claims[0].id


def test_a_claim_stops_the_return_and_its_end_opens_it(light: Light) -> None:
    assessed(light)
    who = str(light.people()[0].id)
    light.say("protection_claim", {**CLAIM, "person": who}, OFFICER)
    assert isinstance(light.stands(Stage.TRAVEL_DOCUMENTS), Blocked)
    later = {**CLAIM, "person": who, "claim": claim_of(light)}
    light.say("protection_claim", {**later, "status": "appeal"}, OFFICER)
    assert [claim.status for claim in light.facts().protection.claims] == ["appeal"]
    assert refused(light, "protection_claim", {**later, "status": "refused"}, OFFICER).code == "no_paper"
    light.say("protection_claim", {**later, "status": "refused", "decision_sha256": PAPER}, OFFICER)
    assert gates.non_refoulement(light.facts()) is None


def test_a_claim_is_given_up_only_with_a_lawyers_written_advice(light: Light) -> None:
    who = str(light.people()[0].id)
    light.say("protection_claim", {**CLAIM, "person": who}, OFFICER)
    claim = claim_of(light)
    ends = {**CLAIM, "person": who, "claim": claim, "status": "withdrawn", "decision_sha256": PAPER}
    assert refused(light, "protection_claim", ends, OFFICER).code == "no_counsel"
    spoken = {"about": claim, "provider": "bar association", "in_writing": False}
    light.say("legal_aid", spoken, OFFICER)
    assert refused(light, "protection_claim", ends, OFFICER).code == "no_counsel"
    light.say("legal_aid", {**spoken, "in_writing": True, "sha256": PAPER}, OFFICER)
    light.say("protection_claim", ends, OFFICER)
    assert gates.non_refoulement(light.facts()) is None


def test_a_claim_cannot_change_its_kind_nor_take_a_status_it_does_not_have(light: Light) -> None:
    who = str(light.people()[0].id)
    assert (
        refused(light, "protection_claim", {**CLAIM, "person": who, "status": "held"}, OFFICER).code == "unknown_code"
    )
    assert (
        refused(light, "protection_claim", {"kind": "luck", "status": "x", "person": who}, OFFICER).code
        == "unknown_code"
    )
    light.say("protection_claim", {**CLAIM, "person": who}, OFFICER)
    other = {"kind": "statelessness", "status": "not_stateless", "decision_sha256": PAPER, "claim": claim_of(light)}
    assert refused(light, "protection_claim", {**other, "person": who}, OFFICER).code == "unknown"


def test_a_claim_outlives_a_withdrawal(light: Light) -> None:
    light.say("protection_claim", {**CLAIM, "person": str(light.people()[0].id)}, OFFICER)
    light.withdraw()
    assert gates.barring(light.facts())


def test_a_cleared_risk_holds_thirty_days_and_not_one_more(light: Light) -> None:
    assessed(light)
    risk = light.facts().risk
    assert risk is not None
    assert (risk.valid_until - risk.at).days == 30
    light.later(risk.valid_until - risk.at)
    assert not isinstance(light.stands(Stage.RISK_ASSESSMENT), Done)
    assert gates.risk(light.facts()) is not None


def test_a_partner_who_calls_the_place_unsafe_after_the_approval_is_heard_too(light: Light) -> None:
    assessed(light)
    with light.house.database.unit_of_work() as session:
        session.add(
            CountryInput(
                case_id=light.case().id, at=light.house.clock.now(), by="sila", journey=1, reference="q1", safe=False
            )
        )
    assert gates.risk(light.facts()) == say("risk.reported")
    unsure = matrix(reason=None)
    assert refused(light, "risk_assessment", unsure, OFFICER).code == "partner_says_unsafe"
    assessed(light, reason="another district, met at the airport")
    assert gates.risk(light.facts()) is None


def told(light: Light, code: str, key: str, safe: bool, note_code: str) -> None:
    """A notice of a partner's own system about the question q1."""
    data = {"reference": "q1", "safe": safe, "note_code": note_code}
    message = {"id": key, "type": "country_input.given", "timestamp": light.house.clock.now().isoformat(), "data": data}
    stored, _ = receive(light.house, f"partner/{code}", key, json.dumps(message))
    understand(light.house, stored)


def test_a_partners_system_says_why_and_only_the_partner_that_was_asked_is_heard(light: Light) -> None:
    with light.house.database.unit_of_work() as session:
        session.add(
            CountryInput(case_id=light.case().id, at=light.house.clock.now(), by="sila", journey=1, reference="q1",
                         partner="nadia")
        )  # fmt: skip

    def heard() -> tuple[bool | None, str | None]:
        with light.house.database.reading() as session:
            row = session.exec(select(CountryInput)).one()
            return row.safe, row.note_code

    told(light, "tariq", "m1", True, "no_known_risk")
    assert heard() == (None, None)
    told(light, "nadia", "m2", True, "no_known_risk")
    assert heard() == (True, "no_known_risk")
    told(light, "nadia", "m3", False, "risk_in_area")  # a system may correct itself
    assert heard() == (False, "risk_in_area")
