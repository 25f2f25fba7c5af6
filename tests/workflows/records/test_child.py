"""Children on record: a decision is whole or refused; ages are doubted and decided; a birthday is seen to."""

from datetime import timedelta
from typing import Any

import pytest

from api.cli.answers import answer_to
from api.cli.cast import Child, Life
from models.database import Database
from models.stage import Role
from tests.journeys.light import BEGIN, Light
from workflows import commands, gates

OFFICER = Role.PROTECTION_OFFICER
PAPER = "cd" * 32


def decision(who: str, **over: Any) -> dict[str, Any]:
    """A panel that heard the child and is in favour."""
    return {**answer_to(Life("", "", "UZ", "", "", "", ""), "best_interests", who, BEGIN.date()), **over}


@pytest.fixture
def light(database: Database) -> Light:
    """A mother and her boy of ten, returning."""
    light = Light(database, children=[Child("Yusuf", "Yusuf", 120)])
    light.say("screening", {"result": "none", "vulnerable": True})
    light.say(
        "counselling_session",
        {"options": ["stay", "asylum", "regularisation", "return", "third_country"], "language": "tr"},
    )
    light.say("track_choice", {"track": "return"})
    return light


def boy(light: Light) -> str:
    """His id."""
    return str(light.people()[1].id)


def traveller(light: Light) -> Any:
    """He, in facts."""
    return next(one for one in light.facts().people if one.id == boy(light))


def refused(light: Light, kind: str, body: dict[str, Any], by: str | None = None) -> str:
    """The code of a refusal."""
    with pytest.raises(commands.Refused) as said:
        light.say(kind, body, OFFICER, by)
    return said.value.code


def test_s9_a_whole_decision_in_favour_counts_for_ninety_days(light: Light) -> None:
    light.say("best_interests", decision(boy(light)), OFFICER)
    him = traveller(light)
    assert him.best_interests
    assert him.best_interests_until - light.house.clock.now() == timedelta(days=90)


def without(part: str) -> dict[str, Any]:
    """The parts but for one."""
    return {name: said for name, said in decision("x")["parts"].items() if name != part}


ONE = {"heard": False, "note": "asleep"}
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("a panel of one", {"panel": ["supervisor"]}, "panel"),
    ("the same person twice", {"panel": ["supervisor", "supervisor"]}, "panel"),
    ("a chair from outside", {"chair": "director"}, "panel"),
    ("the assessor in the chair", {"chair": "protection_officer", "panel": ["protection_officer", "a"]}, "four_eyes"),
    ("alternatives not weighed", {"parts": without("alternatives")}, "parts"),
    ("a part nobody knows", {"parts": {**without("-"), "horoscope": {"finding": "good"}}}, "parts"),
    ("a child of ten not heard", {"child": ONE}, "not_heard"),
    ("a child who says no", {"child": {"heard": True, "assents": False, "note": "cried"}}, "child_says_no"),
    ("a child who was asked and did not say", {"child": {"heard": True, "note": "silent"}}, "child_says_no"),
    (
        "a parent who may be part of it",
        {"parent_may_be_complicit": True, "guardian": {"kind": "parent", "consents": True}}, "guardian",
    ),
    ("signed ahead", {"carer": {"identity_verified": True, "signed_on": "2026-04-01"}}, "future"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "over", "code"), REFUSED, ids=[row[0] for row in REFUSED])
def test_s9_a_decision_that_is_not_whole_is_refused(light: Light, story: str, over: dict[str, Any], code: str) -> None:
    assert refused(light, "best_interests", decision(boy(light), **over)) == code, story
    assert traveller(light).best_interests is None


def test_a_guardian_is_appointed_by_somebody_on_some_day(light: Light) -> None:
    nobody = {"kind": "appointed", "consents": True}
    with pytest.raises(ValueError, match="which authority"):
        light.say("best_interests", decision(boy(light), guardian=nobody), OFFICER)


def test_s9_a_carer_who_has_not_signed_leaves_the_gate_closed(light: Light) -> None:
    light.say("best_interests", decision(boy(light), carer={"identity_verified": True}), OFFICER)
    assert traveller(light).best_interests is False


def test_where_trafficking_is_suspected_the_parents_part_in_it_is_asked(light: Light) -> None:
    light.say("screening", {"result": "possible", "vulnerable": True}, OFFICER)
    assert refused(light, "best_interests", decision(boy(light), parent_may_be_complicit=None)) == "complicity"


def test_a_child_in_a_parents_care_needs_fewer_parts_and_no_escort(light: Light) -> None:
    assert boy(light) not in light.facts().protection.needs_escort
    light.say("best_interests", decision(boy(light), parts=without("tracing")), OFFICER)
    assert traveller(light).best_interests


def test_a_child_whose_parent_may_be_part_of_it_needs_every_part_and_an_escort(light: Light) -> None:
    over: dict[str, Any] = {"parent_may_be_complicit": True, "parts": without("tracing")}
    assert refused(light, "best_interests", decision(boy(light), **over)) == "parts"
    light.say("best_interests", decision(boy(light), parent_may_be_complicit=True), OFFICER)
    assert boy(light) in light.facts().protection.needs_escort


def test_a_doubted_age_makes_a_child_until_a_named_body_decides(light: Light) -> None:
    her = str(light.people()[0].id)
    light.say("age_claim", {"person": her, "age_source": "statement", "born_on": "2010-06-01", "narrative": "says so"})
    mother = light.facts().principal
    assert mother.is_child(light.facts().today)
    assert mother.born_on.year == 1991
    assert light.facts().protection.disputed_ages == {her}
    assert her in light.facts().protection.needs_escort
    body = {"person": her, "body": "court", "born_on": "1991-05-17"}
    with pytest.raises(ValueError, match="decision_sha256"):
        light.say("age_decision", body, OFFICER)
    light.say("age_decision", {**body, "decision_sha256": PAPER}, OFFICER)
    assert not light.facts().principal.is_child(light.facts().today)
    assert not light.facts().protection.disputed_ages


def test_a_doubt_without_a_date_is_enough(light: Light) -> None:
    her = str(light.people()[0].id)
    light.say("age_claim", {"person": her, "age_source": "assessed", "narrative": "looks sixteen"})
    assert light.facts().principal.is_child(light.facts().today)
    assert her in [child.id for child in gates.children(light.facts())]


def test_an_older_age_than_the_document_says_does_not_make_an_adult(light: Light) -> None:
    light.say("age_claim", {"person": boy(light), "age_source": "statement", "born_on": "2000-01-01", "narrative": "x"})
    assert traveller(light).is_child(light.facts().today)


def test_a_doubt_after_the_decision_opens_it_again(light: Light) -> None:
    her = str(light.people()[0].id)
    light.say("age_claim", {"person": her, "age_source": "assessed", "narrative": "x"})
    light.say(
        "age_decision", {"person": her, "body": "court", "born_on": "1991-05-17", "decision_sha256": PAPER}, OFFICER
    )
    light.later(timedelta(hours=1))
    light.say("age_claim", {"person": her, "age_source": "document", "born_on": "2011-01-01", "narrative": "new paper"})
    assert light.facts().principal.is_child(light.facts().today)


def test_support_after_a_birthday_is_not_decided_before_it(light: Light) -> None:
    body = {"person": boy(light), "goes_on": False, "reason": "x"}
    assert refused(light, "continued_support", body) == "still_a_child"


def test_an_alert_that_is_not_asked_for_is_refused(light: Light) -> None:
    assert refused(light, "turning_18", {"about": f"30:{boy(light)}"}) == "not_asked"
