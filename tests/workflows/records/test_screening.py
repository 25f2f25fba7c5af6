"""Two steps, two people, two statuses; what is decided is never edited and always appealable."""

from typing import Any

import pytest
from sqlmodel import select

from models.database import Database, vault_of
from models.screening import StatusKind, UrgentNeed, VictimStatus, VulnerabilityAssessment
from models.stage import Role, Stage
from tests.journeys.light import Light
from workflows.commands import Refused
from workflows.facts import Trafficking
from workflows.standing import Asking, Done

SIGNS = {"indicators": ["documents_held"], "vulnerable": False}
INTERVIEW = {
    "private": True,
    "language": "uz",
    "acts": ["recruited"],
    "means": ["DebtBondage"],
    "purposes": ["ForcedLabour"],
}
OFFICER, SUPERVISOR = Role.PROTECTION_OFFICER, Role.SUPERVISOR


@pytest.fixture
def light(database: Database) -> Light:
    """One case."""
    return Light(database)


def step(light: Light) -> Trafficking:
    """Where the second step stands."""
    return light.facts().intake.trafficking


def decide(light: Light, result: str, role: Role = OFFICER, by: str | None = None) -> None:
    """A decision on the interview."""
    body = {"about": step(light).interview, "result": result, "reasons": "As told."}
    light.say("trafficking_decision", body, role, by=by)


def refused(light: Light, kind: str, body: dict[str, Any], role: Role = Role.COUNSELLOR, **who: Any) -> str:
    """The code of a refusal."""
    with pytest.raises(Refused) as caught:
        light.say(kind, body, role, **who)
    return caught.value.code


def test_without_signs_one_question_is_enough(light: Light) -> None:
    light.say("screening", {"vulnerable": False})
    assert isinstance(light.stands(Stage.INTAKE), Done)
    assert not light.facts().is_victim


@pytest.mark.parametrize(
    "signs", [SIGNS, {"suspicion": True, "vulnerable": False}, {"result": "actual", "vulnerable": True}]
)
def test_signs_count_as_possible_until_decided(light: Light, signs: dict[str, Any]) -> None:
    light.say("screening", signs)
    screening = light.facts().screening
    assert screening is not None
    assert screening.result == "possible"
    assert step(light).pending


def test_signs_are_not_taken_back_by_screening_again(light: Light) -> None:
    light.say("screening", SIGNS)
    light.say("screening", {"vulnerable": False})
    assert light.facts().is_victim
    assert step(light).pending


def test_s8_who_held_the_interview_does_not_decide(light: Light) -> None:
    light.say("screening", SIGNS)
    light.say("trafficking_interview", INTERVIEW, OFFICER)
    body = {"about": step(light).interview, "result": "actual", "reasons": "As told."}
    assert refused(light, "trafficking_decision", body, OFFICER) == "four_eyes"
    decide(light, "actual", by="second_officer")
    screening = light.facts().screening
    assert screening is not None
    assert screening.result == "actual"
    assert not step(light).pending


def test_a_decision_without_an_interview_is_not_asked_for(light: Light) -> None:
    light.say("screening", SIGNS)
    body = {"about": "0190b6a0-0000-7000-8000-000000000009", "result": "none", "reasons": "No."}
    assert refused(light, "trafficking_decision", body, OFFICER) == "not_asked"


def test_no_is_appealable_and_a_third_person_decides_then(light: Light) -> None:
    light.say("screening", SIGNS)
    light.say("trafficking_interview", INTERVIEW)
    decide(light, "none")
    assert not light.facts().is_victim
    light.say("trafficking_appeal", {"reasons": "She was afraid to speak."})
    standing = light.stands(Stage.INTAKE)
    assert isinstance(standing, Asking)
    assert standing.role is SUPERVISOR
    body = {"about": step(light).interview, "result": "none", "reasons": "No."}
    assert refused(light, "trafficking_decision", body, SUPERVISOR, by="protection_officer") == "four_eyes"
    assert refused(light, "trafficking_decision", body, SUPERVISOR, by="counsellor") == "four_eyes"
    decide(light, "actual", SUPERVISOR)
    assert light.facts().is_victim
    with light.house.database.reading() as session:
        rows = session.exec(select(VictimStatus).order_by(VictimStatus.at)).all()  # type: ignore[arg-type]
        assert [vault_of(session).open(row, "status") for row in rows] == ["none", "actual"]


def test_nothing_decided_cannot_be_appealed(light: Light) -> None:
    light.say("screening", SIGNS)
    assert refused(light, "trafficking_appeal", {"reasons": "x"}) == "nothing_decided"


def test_the_official_status_stands_beside_ours_with_its_body(light: Light) -> None:
    light.say("screening", {"vulnerable": False})
    official = {"status": "actual", "body": "NonPoliceGovernmentalOrganization", "decided_on": "2026-03-01"}
    light.say("official_status", official)
    known = step(light)
    assert (known.official, known.official_body) == ("actual", "NonPoliceGovernmentalOrganization")
    assert known.pending, "an authority saw a victim: our own decision is asked for, and protection begins now"
    light.say("trafficking_interview", INTERVIEW)
    decide(light, "none")
    known = step(light)
    assert known.official == "actual"
    assert not light.facts().is_victim
    with light.house.database.reading() as session:
        assert len(session.exec(select(VictimStatus).where(VictimStatus.kind == StatusKind.OFFICIAL)).all()) == 1


def test_an_official_decision_of_tomorrow_is_refused(light: Light) -> None:
    tomorrow = {"status": "none", "body": "Police", "decided_on": "2026-03-03"}
    assert refused(light, "official_status", tomorrow) == "future"


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"private": False}, "not_private"),
        ({"interpreter_has_conflict": True}, "interpreter_conflict"),
        ({"means": ["NoSuchMeans"]}, "unknown_code"),
    ],
)
def test_an_interview_is_private_and_in_known_words(light: Light, over: dict[str, Any], code: str) -> None:
    assert refused(light, "trafficking_interview", {**INTERVIEW, **over}) == code


def test_nobody_tells_it_twice_without_a_reason(light: Light) -> None:
    light.say("trafficking_interview", INTERVIEW)
    assert refused(light, "trafficking_interview", INTERVIEW) == "already_told"
    light.say("trafficking_interview", {**INTERVIEW, "repeated_because": "The person asked to add something."})


def test_an_unknown_indicator_is_refused(light: Light) -> None:
    assert refused(light, "screening", {"indicators": ["looks_sad"], "vulnerable": False}) == "unknown_code"


def test_an_urgent_need_is_a_task_until_it_is_met(light: Light) -> None:
    light.say("screening", {"vulnerable": False, "urgent_needs": ["medical"]})
    (need,) = light.facts().intake.urgent_needs
    light.say("urgent_need", {"about": need.id, "met": "Taken to a doctor."}, Role.MEDICAL_OFFICER)
    assert light.facts().intake.urgent_needs == ()
    with light.house.database.reading() as session:
        row = session.exec(select(UrgentNeed)).one()
        assert row.met_by == "medical_officer"
        assert b"medical" not in (row.need or b"")


def test_the_hint_stays_apart_from_the_decision(light: Light) -> None:
    light.say("screening", {"vulnerable": False})
    grave = [{"code": "suicidal", "polarity": "risk"}]
    light.say("vulnerability", {"factors": grave, "level": "low", "reason": "It was years ago, and is looked after."})
    known = light.facts()
    assert known.intake.vulnerability is not None
    assert (known.intake.vulnerability.level, known.intake.vulnerability.hint) == ("low", "high")
    assert not known.is_vulnerable, "the machine decides nothing"
    light.say("vulnerability", {"factors": grave, "level": "high", "reason": "It has come back."})
    assert light.facts().is_vulnerable
    with light.house.database.reading() as session:
        assert len(session.exec(select(VulnerabilityAssessment)).all()) == 2


def test_a_factor_that_is_always_a_risk_does_not_protect(light: Light) -> None:
    body = {"factors": [{"code": "suicidal", "polarity": "protective"}], "level": "low", "reason": "x"}
    assert refused(light, "vulnerability", body) == "polarity"
