"""Attempts, reviews, surveys and what is learned afterwards, through the commands and a real database."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from api.cli.answers.follow_up import survey as demo_survey
from api.cli.cast import CONSENT, Life
from models.closure import Retention
from models.database import Database
from models.departure import Arrival, Boarding
from models.follow_up import ContactAttempt, MigrationIntention, Remigration, RetraffickingReport, TrustedContact
from models.person import Contact
from models.stage import Role, Stage, Track
from models.survey import SurveyResponse, SurveyScore
from tests.journeys.light import Light
from workflows import instruments, survey_scores
from workflows.commands import NotAllowed, Refused
from workflows.duties import duties
from workflows.heard import person_called, retrafficking_suspected
from workflows.inputs.follow_up import CalledIn, RetraffickingIn
from workflows.standing import Asking, Doing, Done
from workflows.survey_scores import published

OFFICER, SUPERVISOR = Role.PROTECTION_OFFICER, Role.SUPERVISOR
ANSWERS = demo_survey(Life("", "", "UZ", "", "", "", ""), "month_6", None)["answers"]  # type: ignore[arg-type]
MAIL = {"channel": "email", "address": "post@example.org", "from_hour": 0, "to_hour": 24, "preference": 2}


@pytest.fixture
def light(database: Database) -> Light:
    """Somebody who went home ten days ago."""
    case = Light(database)
    case.say("screening", {"suspicion": False, "vulnerable": False})
    arrived(case)
    return case


@pytest.fixture
def victim(database: Database) -> Light:
    """The same for somebody who may be a victim."""
    case = Light(database)
    case.say("screening", {"suspicion": True, "vulnerable": False})
    arrived(case)
    return case


def arrived(case: Light) -> None:
    """Gone home, and ten days."""
    now = case.house.clock.now()
    with case.house.database.unit_of_work() as session:
        mine = session.merge(case.case())
        mine.track = Track.RETURN
        of: dict[str, Any] = {"case_id": mine.id, "journey": mine.journey, "at": now, "by": "x"}
        session.add(Boarding(**of, outcome="boarded", departed_at=now, generation=1))
        session.add(Arrival(**of, arrived_at=now, met=True, source="staff"))
    case.later(timedelta(days=10))


def rows(case: Light, kind: Any) -> list[Any]:
    """All rows of a kind."""
    with case.house.database.reading() as session:
        return list(session.exec(select(kind).order_by(col(kind.at), col(kind.id))).all())


def refused(case: Light, kind: str, body: dict[str, Any], role: Role = Role.COUNSELLOR, by: str | None = None) -> str:
    """The code of a refusal."""
    with pytest.raises(Refused) as caught:
        case.say(kind, body, role, by)
    return caught.value.code


def open_now(case: Light, kind: str) -> list[str]:
    """Why this is asked beside the stages now."""
    facts = case.facts()
    return [duty.asking.why.code for duty in duties(facts) if duty.asking.question == kind and duty.is_open(facts.now)]


def try_(result: str, **more: Any) -> dict[str, Any]:
    """An attempt in vain at the first week."""
    return {"about": "week_1", "reached": False, "result": result, **more}


def test_an_attempt_in_vain_is_a_row_and_no_check_in(light: Light) -> None:
    light.say("check_in", try_("no_answer", noticed="The phone was off."))
    (row,) = rows(light, ContactAttempt)
    assert (row.point, row.channel, row.result) == ("week_1", "phone", "no_answer")
    assert b"phone was off" not in (row.noticed or b"")
    assert light.facts().check_ins == ()


def test_s19_a_third_party_answering_for_a_victim_is_a_signal_and_the_number_is_not_used_again(victim: Light) -> None:
    assert victim.facts().intake.channels
    victim.say("check_in", try_("third_party"))
    assert open_now(victim, "safety_review") == ["follow_up.signal"]
    assert victim.facts().intake.channels == ()
    assert not isinstance(victim.stands(Stage.FOLLOW_UP), Doing)


def test_a_third_party_answering_for_others_is_no_signal(light: Light) -> None:
    light.say("check_in", try_("third_party"))
    assert open_now(light, "safety_review") == []
    assert light.facts().intake.channels


@pytest.mark.parametrize(("result", "reviews"), [("wrong_number", []), ("unsafe_to_talk", ["follow_up.signal"])])
def test_s19_f24_a_channel_that_is_not_safe_is_not_used_again_and_another_one_is(
    light: Light, result: str, reviews: list[str]
) -> None:
    light.say("contact_change", {"contact": MAIL, "how": "in_person"})
    (first, second) = light.facts().intake.channels
    light.say("check_in", try_(result, contact=first.id))
    assert [one.kind for one in light.facts().intake.channels] == [second.kind] == ["email"]
    assert open_now(light, "safety_review") == reviews
    assert isinstance(standing := light.stands(Stage.FOLLOW_UP), Doing)
    assert standing.subject.endswith(second.id)


def test_s19_without_a_channel_left_another_one_is_asked_for(light: Light) -> None:
    light.say("check_in", try_("wrong_number", channel="sms"))
    assert light.facts().contact_hours is None
    assert open_now(light, "contact_change") == ["intake.no_contact"]
    newest = rows(light, Contact)[-1]
    assert not newest.safe


def test_an_attempt_is_written_down_later_but_lies_between_the_arrival_and_now(light: Light) -> None:
    now = light.house.clock.now()
    assert refused(light, "check_in", try_("no_answer", tried_at=now - timedelta(days=11))) == "tried_at"
    light.say("check_in", try_("no_answer", tried_at=now - timedelta(days=9)))
    light.say("check_in", try_("no_answer", tried_at=now + timedelta(days=9)))
    assert [row.tried_at for row in rows(light, ContactAttempt)] == [now - timedelta(days=9), now]


def test_nobody_speaks_for_who_was_not_reached(light: Light) -> None:
    with pytest.raises(ValueError, match="only the person can say it"):
        light.say("check_in", {"about": "week_1", "reached": False, "safe": True})


def test_a_check_in_asks_whether_the_person_is_safe(light: Light) -> None:
    assert refused(light, "check_in", {"about": "week_1", "reached": True}) == "safe"
    assert refused(light, "check_in", {"about": "week_9", "reached": True, "safe": True}) == "unknown_point"
    assert refused(light, "check_in", try_("gone")) == "unknown_code"


def test_a_plain_no_is_a_task_that_only_a_protection_officer_ends(light: Light) -> None:
    light.say("check_in", {"about": "week_1", "reached": True, "safe": False})
    assert open_now(light, "safety_review") == ["follow_up.unsafe"]
    for role in (Role.COUNSELLOR, SUPERVISOR):
        with pytest.raises(NotAllowed):
            light.say("safety_review", {"about": "week_1"}, role)
    light.say("safety_review", {"about": "week_1"}, OFFICER)
    assert open_now(light, "safety_review") == []


def test_a_trusted_contact_is_agreed_with_the_person_and_sealed(light: Light) -> None:
    with pytest.raises(ValueError, match="consent"):
        light.say("trusted_contact", {"name": "Mother", "address": "+998901112233"})
    light.say("trusted_contact", {"name": "Mother", "address": "+998901112233", "consent": CONSENT})
    assert light.facts().contact.trusted
    (row,) = rows(light, TrustedContact)
    assert row.consent_id is not None
    assert b"Mother" not in row.name
    light.later(timedelta(hours=1))
    light.withdraw()
    assert not light.facts().contact.trusted, "with the consent the permission to ask ends"
    light.later(timedelta(hours=1))
    light.say("trusted_contact", {"name": "Sister", "address": "+998901112244", "consent": CONSENT})
    assert light.facts().contact.trusted
    light.later(timedelta(hours=1))
    light.say("trusted_contact", {})
    assert not light.facts().contact.trusted


def all_tried(case: Light) -> None:
    """Everything that the rule asks for, of somebody who may not be written to."""
    case.say("contact_unsafe", {})
    for days, channel in ((0, "phone"), (4, "messenger"), (4, "visit"), (4, "phone"), (3, "email")):
        case.later(timedelta(days=days))
        case.say("check_in", try_("no_answer", channel=channel))


def lose(case: Light) -> None:
    """Tried, and decided."""
    all_tried(case)
    case.say("loss_decision", {"about": "week_1", "outcome": "unreachable"}, SUPERVISOR)


def test_loss_is_decided_by_a_supervisor_when_everything_was_tried(light: Light) -> None:
    assert refused(light, "loss_decision", {"about": "week_1", "outcome": "unreachable"}, SUPERVISOR) == "not_asked"
    all_tried(light)
    with pytest.raises(NotAllowed):
        light.say("loss_decision", {"about": "week_1", "outcome": "unreachable"})
    light.say("loss_decision", {"about": "week_1", "outcome": "unreachable"}, SUPERVISOR)
    assert isinstance(light.stands(Stage.FOLLOW_UP), Done)


def test_the_safety_of_who_is_silent_is_checked_and_the_case_is_not_closed_before(light: Light) -> None:
    all_tried(light)
    assert "follow_up.silent" in open_now(light, "safety_review")
    assert all(duty.holds_closure for duty in duties(light.facts()) if duty.asking.question == "safety_review")


def survey(point: str = "month_6", **over: Any) -> dict[str, Any]:
    """Answers of the demo."""
    return {"about": point, "answers": {**ANSWERS, **over}}


def test_answers_are_sealed_and_scored_and_a_rescore_is_another_row(light: Light) -> None:
    light.later(timedelta(days=180))
    light.say("survey", {**survey(), "mode": "in_person"})
    (row,) = rows(light, SurveyResponse)
    assert (row.instrument, row.version, row.mode, row.interviewer, row.months_since) == (
        "rss",
        1,
        "in_person",
        "counsellor",
        6,
    )
    assert b"sometimes" not in row.answers
    (score,) = rows(light, SurveyScore)
    light.later(timedelta(days=1))
    light.say("survey_rescore", {"about": row.id}, Role.MONITORING)
    first, second = rows(light, SurveyScore)
    assert (first.id, first.scores) == (score.id, score.scores), "nothing is written over"
    assert second.response_id == first.response_id
    assert refused(light, "survey", survey()) == "surveyed"


def test_scores_of_a_draft_are_withheld_and_of_a_verified_version_are_not(
    light: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    light.say("survey", survey())
    with light.house.database.reading() as session:
        (shown,) = published(session, light.case())
        assert (shown.withheld, shown.scores) == (True, None)
        checked = instruments.instrument("rss", 1).model_copy(update={"status": "VERIFIED"})
        monkeypatch.setattr(survey_scores, "instrument", lambda _code, _version: checked)
        (shown,) = published(session, light.case())
        assert shown.scores is not None
        assert shown.scores.composite is not None


def test_nobody_answers_for_a_victim(victim: Light) -> None:
    with pytest.raises(Refused, match="ask the person alone") as caught:
        victim.say("survey", {**survey(), "proxy": True})
    assert caught.value.code == "proxy"


def test_a_proxy_is_noted_for_others(light: Light) -> None:
    light.say("survey", {**survey(), "proxy": True})
    assert rows(light, SurveyResponse)[0].proxy


@pytest.mark.parametrize(("question", "answer", "alarming"), [
    ("Q25", "never", True), ("Q25", "rarely", True), ("Q25", "sometimes", False), ("Q28", "very_often", True),
    ("Q28", "often", False), ("Q30", "no", True), ("Q30", "refused", False),
])  # fmt: skip
def test_an_answer_alarms_whatever_the_score(light: Light, question: str, answer: str, alarming: bool) -> None:
    best = {
        one.code: next(o.code for o in one.options if o.score == 1)
        for one in instruments.instrument("rss", 1).questions
        if one.is_scored
    }
    light.say("survey", {"about": "month_6", "answers": {**best, question: answer}})
    assert open_now(light, "safety_review") == (["follow_up.alarming"] if alarming else [])


def test_an_answer_that_the_instrument_does_not_have_is_refused(light: Light) -> None:
    assert refused(light, "survey", survey(Q3="perhaps")) == "answer"
    assert refused(light, "survey", survey("week_1")) == "unknown_point"


def test_who_declines_gives_no_reason_and_has_no_score(light: Light) -> None:
    light.say("survey", {"about": "month_6", "declined": True})
    assert rows(light, SurveyScore) == []
    assert light.facts().contact.surveyed == {"month_6"}


def test_satisfaction_and_intention_are_asked_by_the_rules(light: Light) -> None:
    assert refused(light, "satisfaction", {"about": "month_12", "answers": {"food": "satisfied"}}) == "unknown_code"
    assert refused(light, "satisfaction", {"about": "month_12", "answers": {"overall": "great"}}) == "unknown_code"
    light.say("satisfaction", {"about": "month_12", "answers": {"overall": "very_satisfied"}})
    assert (
        refused(light, "migration_intention", {"about": "month_6", "intends": "yes", "reason": "fun"}) == "unknown_code"
    )
    light.say("migration_intention", {"about": "month_6", "intends": "yes", "reason": "work"})
    (row,) = rows(light, MigrationIntention)
    assert b"work" not in row.reason


def test_a_new_migration_ends_assistance_without_blame(light: Light) -> None:
    with pytest.raises(ValueError, match="transferred_to"):
        light.say("remigrated", {"assistance": "transferred"})
    light.say("remigrated", {"assistance": "transferred", "transferred_to": "office in Almaty", "reason": "work"})
    assert isinstance(light.stands(Stage.FOLLOW_UP), Done)
    assert isinstance(light.stands(Stage.REINTEGRATION), Done)
    assert b"work" not in rows(light, Remigration)[0].reason


def test_two_people_decide_that_an_authority_is_told_without_consent(victim: Light) -> None:
    word = {"recipient": "police", "what": "location", "reason": "She is locked in."}
    with pytest.raises(NotAllowed):
        victim.say("vital_interest", word)
    victim.say("vital_interest", word, SUPERVISOR)
    assert open_now(victim, "vital_interest_review") == ["follow_up.vital_interest"]
    (first,) = victim.facts().contact.vital
    assert first.agreed is None
    assert refused(victim, "vital_interest_review", {"about": first.id, "agreed": True}, SUPERVISOR) == "four_eyes"
    victim.say("vital_interest_review", {"about": first.id, "agreed": True}, SUPERVISOR, "another")
    assert victim.facts().contact.vital[0].agreed is True


def test_a_call_reopens_a_case_that_was_closed_as_out_of_reach(light: Light) -> None:
    lose(light)
    with light.house.database.unit_of_work() as session:
        row = session.merge(light.case())
        row.closed_at, row.outcome, row.due_at = light.house.clock.now(), "unreachable", None
        session.add(Retention(case_id=row.id, at=row.closed_at, by="x", kept_as="supported",
                              erase_on=row.closed_at.date() + timedelta(days=900)))  # fmt: skip
    old = light.case()
    heard = person_called(light.house, light.ref, CalledIn(safe=False), light.staff(Role.COUNSELLOR))
    assert heard.is_new
    light.ref = heard.ref
    new = light.case()
    assert (new.episode, new.previous_id, new.closed_at) == (2, old.id, None)
    assert open_now(light, "protection_response") == ["incidents.to_do"]


def test_a_call_in_an_open_case_ends_the_search(light: Light) -> None:
    lose(light)
    light.later(timedelta(days=1))
    heard = person_called(light.house, light.ref, CalledIn(), light.staff(Role.COUNSELLOR))
    assert (heard.ref, heard.is_new) == (light.ref, False)
    assert not isinstance(light.stands(Stage.FOLLOW_UP), Done)


def test_signs_of_new_exploitation_open_an_episode_at_the_highest_priority(light: Light) -> None:
    with pytest.raises(NotAllowed):
        retrafficking_suspected(light.house, light.ref, RetraffickingIn(source="partner"), light.staff(Role.AUDITOR))
    heard = retrafficking_suspected(light.house, light.ref, RetraffickingIn(source="partner"), light.staff(OFFICER))
    old = light.case()
    assert (old.outcome, heard.is_new) == ("retrafficking", True)
    light.ref = heard.ref
    facts = light.facts()
    assert light.case().previous_id == old.id
    assert facts.is_victim
    asked = [duty.asking for duty in duties(facts) if duty.asking.question == "protection_response"]
    assert [(one.role, one.until - facts.now) for one in asked] == [(OFFICER, facts.rules.time("emergency"))]
    assert isinstance(light.stands(Stage.INTAKE), Asking), "consent is asked anew"
    assert rows(light, RetraffickingReport)[0].next_ref == heard.ref


def test_signs_before_the_arrival_alarm_in_the_case_itself(database: Database) -> None:
    """Nothing that is under way, a ticket say, is left alone."""
    case = Light(database)
    heard = retrafficking_suspected(case.house, case.ref, RetraffickingIn(source="staff"), case.staff(OFFICER))
    assert (heard.ref, heard.is_new) == (case.ref, False)
    assert open_now(case, "protection_response") == ["incidents.to_do"]
