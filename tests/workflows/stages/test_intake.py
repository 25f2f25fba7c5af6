"""Intake: one question for most; two steps and a second person where there are signs."""

from datetime import timedelta
from typing import Any

import pytest

from models.stage import Role, Stage
from tests.factories import DAY, NOW, RULES, facts
from workflows import facts as f
from workflows.decide import decide_stage
from workflows.screening import trafficking_hint, vulnerability_hint
from workflows.standing import Asking, Blocked, Done, reason_of

SEEN = f.Screening(NOW, "possible", False, False)


def with_step(**over: Any) -> f.Facts:
    """Signs were seen."""
    return facts(screening=SEEN, intake=f.Intake(trafficking=f.Trafficking(pending=True, **over)))


@pytest.mark.parametrize(
    ("step", "question", "role", "reason"),
    [
        ({}, "trafficking_interview", Role.COUNSELLOR, "intake.no_interview"),
        ({"interview": "i1"}, "trafficking_decision", Role.PROTECTION_OFFICER, "intake.not_decided"),
        ({"interview": "i1", "appealed": True}, "trafficking_decision", Role.SUPERVISOR, "intake.appealed"),
    ],
)
def test_signs_lead_to_an_interview_and_a_second_person(
    step: dict[str, Any], question: str, role: Role, reason: str
) -> None:
    known = with_step(**step)
    standing = decide_stage(known, Stage.INTAKE)
    assert isinstance(standing, Asking)
    assert (standing.question, standing.role, standing.why.code) == (question, role, reason)
    assert standing.until == NOW + timedelta(hours=24)
    assert standing.subject == step.get("interview", "")


def test_nothing_goes_beyond_counselling_until_somebody_has_decided() -> None:
    old = f.Screening(NOW - 40 * DAY, "possible", False, False)
    pending = facts(screening=old, intake=f.Intake(trafficking=f.Trafficking(pending=True, interview="i1")))
    assert not isinstance(decide_stage(pending, Stage.COUNSELLING), Blocked)
    for stage in (Stage.RISK_ASSESSMENT, Stage.HEALTH):
        standing = decide_stage(pending, stage)
        assert isinstance(standing, Blocked)
        assert standing.by[0].code == "intake.not_decided"


def test_without_a_sign_the_first_screening_is_the_last_question() -> None:
    assert isinstance(decide_stage(facts(), Stage.INTAKE), Done)


def test_undecided_counts_as_possible() -> None:
    assert with_step().is_victim
    assert with_step().is_vulnerable


@pytest.mark.parametrize(
    ("acts", "means", "purposes", "child", "hint"),
    [
        (["recruited"], ["DebtBondage"], ["ForcedLabour"], False, "actual"),
        (["recruited"], [], ["ForcedLabour"], False, "possible"),
        (["recruited"], [], ["ForcedLabour"], True, "actual"),
        ([], ["DebtBondage"], ["ForcedLabour"], True, "possible"),
        ([], [], [], False, "none"),
    ],
)
def test_the_hint_needs_act_means_and_purpose_and_for_a_child_no_means(
    acts: list[str], means: list[str], purposes: list[str], child: bool, hint: str
) -> None:
    assert trafficking_hint(acts, means, purposes, child=child) == hint


@pytest.mark.parametrize(
    ("factors", "hint"),
    [
        ({}, "low"),
        ({"illiterate": "risk", "literate": "protective"}, "low"),
        ({"illiterate": "risk"}, "medium"),
        ({"illiterate": "risk", "supportive_family": "protective"}, "medium"),
        ({"illiterate": "risk", "household_debt": "risk"}, "medium"),
        ({"illiterate": "risk", "household_debt": "risk", "stigma": "risk"}, "high"),
        ({"illiterate": "risk", "household_debt": "risk", "stigma": "risk", "skills": "protective"}, "medium"),
        ({"suicidal": "risk", "skills": "protective"}, "high"),
        ({"group_membership": "protective"}, "low"),
        ({"group_membership": "risk"}, "medium"),
    ],
)
def test_nothing_is_added_up_and_a_grave_risk_is_never_balanced(factors: dict[str, str], hint: str) -> None:
    assert vulnerability_hint(RULES, factors) == hint


def test_consent_comes_before_any_question() -> None:
    standing = decide_stage(facts(data_consent=False, screening=None), Stage.INTAKE)
    assert reason_of(standing).code == "intake.no_data_consent"
