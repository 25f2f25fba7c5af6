"""A free will on record: what is refused and how it is said, and what closes or opens by what was recorded."""

from datetime import timedelta
from typing import Any

import pytest

from api.cli.answers.counselling import OPTIONS, WAIVER
from api.cli.cast import CONSENT, TEXT_HASH, Child
from models.database import Database
from models.stage import Role, Stage, Track
from tests.journeys.light import Light
from workflows import gates
from workflows.commands import NotAllowed, Refused, Wrong
from workflows.standing import Asking, Blocked, Done, Waiting, reason_of

SESSION: dict[str, Any] = {"options": OPTIONS, "language": "tr"}
DECLARED: dict[str, Any] = {**CONSENT, "language": "tr"}
OFFICER = Role.PROTECTION_OFFICER


@pytest.fixture
def light(database: Database) -> Light:
    """A case of somebody who is no victim."""
    light = Light(database)
    light.say("screening", {"result": "none", "vulnerable": False})
    return light


def choosing(light: Light) -> str:
    """Counselled and returning. Gives the principal's id."""
    light.say("counselling_session", SESSION)
    light.say("track_choice", {"track": "return"})
    return str(light.people()[0].id)


def question(light: Light) -> str:
    """What counselling asks now."""
    standing = light.stands(Stage.COUNSELLING)
    return standing.question if isinstance(standing, Asking) else type(standing).__name__


def flag_of(light: Light) -> str:
    """The oldest open sign of coercion."""
    return light.facts().voluntariness.open_flags[0]


@pytest.mark.parametrize("who", ["partner", "employer", "alleged_relative", "landlord", "stranger"])
def test_a_third_party_in_the_room_is_a_sign_of_coercion_by_itself(light: Light, who: str) -> None:
    light.say("counselling_session", {**SESSION, "present": ["interpreter", who]})
    assert question(light) == "coercion_closing"


def test_so_is_a_conversation_in_detention_and_one_alone_is_not(light: Light) -> None:
    light.say("counselling_session", {**SESSION, "place": "detention"})
    assert question(light) == "coercion_closing"
    light.say("coercion_closing", {"flag": flag_of(light), "reason": "released, asked again"}, OFFICER)
    light.say("counselling_session", {**SESSION, "present": ["interpreter", "lawyer", "own_child"]})
    assert question(light) == "track_choice"


def test_anybody_opens_a_sign_and_only_another_protection_officer_closes_it(light: Light) -> None:
    choosing(light)
    light.say("coercion_flag", {"sign": "family_demand"}, OFFICER, by="ana")
    body = {"flag": flag_of(light), "reason": "spoke with her alone"}
    with pytest.raises(NotAllowed):
        light.say("coercion_closing", body, Role.SUPERVISOR)
    with pytest.raises(Refused, match="another protection officer"):
        light.say("coercion_closing", body, OFFICER, by="ana")
    assert reason_of(light.stands(Stage.RISK_ASSESSMENT)).code == "counselling.coercion"
    light.say("coercion_closing", body, OFFICER, by="ben")
    assert not isinstance(light.stands(Stage.RISK_ASSESSMENT), Blocked)
    with pytest.raises(Refused, match="closed already"):
        light.say("coercion_closing", body, OFFICER, by="ben")


def test_an_unknown_sign_is_answered_with_the_list(light: Light) -> None:
    with pytest.raises(Wrong, match="third_party_present"):
        light.say("coercion_flag", {"sign": "a_feeling"})
    assert light.facts().voluntariness.open_flags == ()


def test_a_shelter_or_a_doctor_may_see_it_too(light: Light) -> None:
    for role in (Role.SHELTER_PARTNER, Role.MEDICAL_OFFICER, Role.MOVEMENT_OFFICER):
        light.say("coercion_flag", {"sign": "trafficker_contact", "detail": "calls every evening"}, role)
    assert len(light.facts().voluntariness.open_flags) == 3


def test_a_sign_outlives_a_withdrawal(light: Light) -> None:
    choosing(light)
    light.say("coercion_flag", {"sign": "employer_pressure"})
    light.withdraw()
    assert len(light.facts().voluntariness.open_flags) == 1


def test_what_an_interpreter_in_conflict_interpreted_counts_for_nothing(light: Light) -> None:
    who = str(light.people()[0].id)
    light.say("counselling_session", {**SESSION, "interpreter": True, "interpreter_code": "I-7"})
    light.say("track_choice", {"track": "return"})
    light.say("declaration", {**DECLARED, "language": "en", "interpreter_code": "I-7", "person": who})
    light.say("interpreter_conflict", {"interpreter_code": "I-7", "relation": "perpetrator_community"})
    assert reason_of(light.stands(Stage.COUNSELLING)).code == "counselling.interpreter_conflict"
    assert light.facts().principal.declared_at is None
    with pytest.raises(Refused, match="another one interpret"):
        light.say("declaration", {**DECLARED, "interpreter_code": "I-7", "person": who})
    light.say("counselling_session", {**SESSION, "interpreter": True, "interpreter_code": "I-8"})
    assert question(light) == "declaration"


def test_a_session_that_is_not_interpreted_by_anybody_named_cannot_declare_a_conflict(light: Light) -> None:
    with pytest.raises(ValueError, match="name the interpreter"):
        light.say("counselling_session", {**SESSION, "interpreter_conflict": "relative"})


@pytest.mark.parametrize(
    ("over", "waiver", "how"),
    [
        ({}, {"asked_by_the_person": False}, "asks for it themselves"),
        ({"present": ["partner"]}, {}, "without third parties"),
        ({"place": "detention"}, {}, "without third parties"),
        ({"coercion_flags": ["benefit_cut"]}, {}, "signs of pressure"),
        ({"options": ["return"]}, {}, "all options are explained"),
        ({}, {"witness": None}, "second person is the witness"),
        ({}, {"witness": "counsellor"}, "second person is the witness"),
        ({}, {"text_hash": None}, "by version and hash"),
    ],
)
def test_a_waiver_without_its_safeguards_is_refused_and_says_how(
    database: Database, over: dict[str, Any], waiver: dict[str, Any], how: str
) -> None:
    light = Light(database)
    light.say("screening", {"result": "actual", "vulnerable": True})
    with pytest.raises(Refused, match=how):
        light.say("counselling_session", {**SESSION, **over, "waiver": {**WAIVER, **waiver}})
    assert light.facts().session is None


def test_a_waiver_ends_the_reflection_of_this_journey_only(database: Database) -> None:
    light = Light(database)
    light.say("screening", {"result": "actual", "vulnerable": True})
    light.say("counselling_session", SESSION)
    assert isinstance(light.stands(Stage.COUNSELLING), Waiting)
    light.say("counselling_session", {**SESSION, "waiver": WAIVER})
    assert question(light) == "track_choice"
    light.withdraw()
    light.say("bed_and_transport", {})
    light.say("counselling_session", SESSION)
    assert reason_of(light.stands(Stage.COUNSELLING)).code == "counselling.reflection"


def test_a_declaration_in_a_language_not_understood_needs_an_interpreter_with_a_name(light: Light) -> None:
    who = choosing(light)
    with pytest.raises(Refused, match="interpreter_code"):
        light.say("declaration", {**CONSENT, "language": "en", "interpreter": True, "person": who})
    light.say("declaration", {**CONSENT, "language": "en", "interpreter_code": "I-8", "person": who})
    assert light.facts().principal.declared_at is not None


def test_nobody_witnesses_what_they_record(light: Light) -> None:
    who = choosing(light)
    with pytest.raises(Refused, match="somebody else"):
        light.say("declaration", {**DECLARED, "witness": "counsellor", "person": who})


def test_the_rest_after_the_declaration_ends_by_itself(light: Light) -> None:
    light.say("declaration", {**DECLARED, "person": choosing(light)})
    standing = light.stands(Stage.COUNSELLING)
    assert isinstance(standing, Waiting)
    light.later(standing.until - light.house.clock.now() - timedelta(seconds=1))
    assert reason_of(light.stands(Stage.COUNSELLING)).code == "declaration.rest"
    light.later(timedelta(seconds=1))
    assert isinstance(light.stands(Stage.COUNSELLING), Done)


def test_s9_an_adult_who_cannot_decide_alone_never_signs_alone(light: Light) -> None:
    who = choosing(light)
    light.say("declaration", {**DECLARED, "person": who})
    light.say("capacity", {"person": who, "able": False, "basis": "dementia, examined twice"}, Role.MEDICAL_OFFICER)
    assert light.facts().principal.declared_at is None, "a signature given alone no longer counts"
    assert question(light) == "decision_maker"
    with pytest.raises(Refused, match="who decides with them"):
        light.say("declaration", {**DECLARED, "person": who})
    guardian = {"person": who, "name": "G. Guardian", "authority": "court_decision", "document_hash": TEXT_HASH}
    light.say("decision_maker", {**guardian, "until": "2026-03-05"}, OFFICER)
    with pytest.raises(Refused, match="never signs alone"):
        light.say("declaration", {**DECLARED, "person": who})
    light.say("declaration", {**DECLARED, "person": who, "with_decision_maker": True})
    assert light.facts().principal.declared_at is not None
    light.later(timedelta(days=3))
    assert gates.declared(light.facts()) is None, "the last day of the authority"
    light.later(timedelta(days=1))
    assert question(light) == "decision_maker", "an authority that has ended decides nothing"


def test_an_ended_authority_is_refused(light: Light) -> None:
    body = {"person": choosing(light), "name": "G", "authority": "court_decision", "document_hash": TEXT_HASH}
    with pytest.raises(Wrong, match="has ended"):
        light.say("decision_maker", {**body, "until": "2026-03-01"}, OFFICER)


def test_a_childs_no_or_a_guardians_no_stops_the_journey(database: Database) -> None:
    light = Light(database, children=[Child("Yusuf", "Yusuf", 130)])
    light.say("screening", {"result": "none", "vulnerable": False})
    adult = choosing(light)
    child = str(light.people()[1].id)
    with pytest.raises(Refused, match="child_assent"):
        light.say("declaration", {**DECLARED, "person": child})
    with pytest.raises(Refused, match="adult"):
        light.say("child_assent", {**DECLARED, "person": adult, "assents": True, "guardian_consents": True})
    light.say("declaration", {**DECLARED, "person": adult})
    assert question(light) == "child_assent"
    for said in ({"assents": False, "guardian_consents": True}, {"assents": True, "guardian_consents": False}):
        light.say("child_assent", {**DECLARED, "person": child, **said})
        assert reason_of(light.stands(Stage.COUNSELLING)).code == "declaration.child_refuses"
    light.say("child_assent", {**DECLARED, "person": child, "assents": True, "guardian_consents": True})
    assert question(light) == "Waiting"
    assert light.case().track is Track.RETURN
