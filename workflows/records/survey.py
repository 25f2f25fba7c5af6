"""Records surveys with their scores, what people think of the support, and whether they mean to migrate again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from models.follow_up import MigrationIntention, Satisfaction
from models.stage import Role
from models.survey import SurveyResponse
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.facts import Facts
from workflows.gates.follow_up import since, zone
from workflows.gather import gather
from workflows.inputs import survey as i
from workflows.instruments import instrument
from workflows.instruments.score import BadAnswer, check
from workflows.pathways.tables.follow_up import CheckInPoint
from workflows.pathways.tables.survey import IntentionReason, SatisfactionAnswer, SatisfactionQuestion, Survey
from workflows.records.common import STAFF, about, principal
from workflows.survey_scores import keep_scores

ASKS = (*STAFF, Role.MONITORING, Role.RECEIVING_PARTNER)


def survey(r: Recording) -> None:
    """The answers for good, and their scores beside them. Nobody answers for a victim."""
    facts = gather(r.session, r.case, r.now)
    there = at_point(facts, r.body.about, "survey")
    asked = facts.rules.rows(Survey)[0]
    if r.body.proxy and facts.is_victim:
        raise Refused("proxy", "Nobody answers this survey for a victim of trafficking: ask the person alone, or "
                      "record that they declined.", "proxy")  # fmt: skip
    if there in facts.contact.surveyed:
        raise Refused("surveyed", "The survey of this point is recorded; answers are never changed.", "about")
    try:
        check(instrument(asked.instrument, asked.version), r.body.answers)
    except BadAnswer as error:
        raise Wrong("answer", f"answers: {error}.", "answers") from None
    said = r.body.model_dump(include={"mode", "proxy", "declined"})
    row = SurveyResponse(
        **r.row, **said, person_id=principal(r.session, r.case).id, point=there, instrument=asked.instrument,
        version=asked.version, interviewer=r.by, months_since=months(since(facts) or r.now, r.now, zone(facts)),
    )  # fmt: skip
    r.save(row, answers=r.body.answers)
    r.session.flush()
    if not r.body.declined:
        keep_scores(r.session, row, r.by, r.now)


def months(anchor: datetime, now: datetime, where: str) -> int:
    """Whole months since then, by the calendar of the place."""
    begun, there = anchor.astimezone(ZoneInfo(where)), now.astimezone(ZoneInfo(where))
    return (there.year - begun.year) * 12 + there.month - begun.month - (there.day < begun.day)


def at_point(facts: Facts, code: str, what: str) -> str:
    """A point of the schedule at which this is asked. Raises Wrong."""
    points = [row.code for row in facts.rules.rows(CheckInPoint) if getattr(row, what)]
    if code not in points:
        raise Wrong("unknown_point", f"about: this is asked at {', '.join(points)}.", "about")
    return code


def survey_rescore(r: Recording) -> None:
    """Another row of scores for the same answers."""
    row = about(r, SurveyResponse)
    if row.declined:
        raise Refused("declined", "The person declined this survey: there is nothing to score.", "about")
    keep_scores(r.session, row, r.by, r.now)


def satisfaction(r: Recording) -> None:
    """By the questions and the scale of the rules."""
    facts = gather(r.session, r.case, r.now)
    there = at_point(facts, r.body.about, "satisfaction")
    questions = [row.code for row in facts.rules.rows(SatisfactionQuestion)]
    scale = [row.code for row in facts.rules.rows(SatisfactionAnswer)]
    for question, said in r.body.answers.items():
        if question not in questions:
            raise Wrong("unknown_code", f"answers: ask about {', '.join(questions)}.", "answers")
        if said not in scale:
            raise Wrong("unknown_code", f"answers.{question}: one of {', '.join(scale)}.", f"answers.{question}")
    row = Satisfaction(**r.row, person_id=principal(r.session, r.case).id, point=there)
    r.save(row, answers=r.body.answers)


def migration_intention(r: Recording) -> None:
    """And why, so that the support can be changed (Reintegration Handbook 2.7)."""
    facts = gather(r.session, r.case, r.now)
    there = at_point(facts, r.body.about, "intention")
    check_reason(facts, r.body.reason)
    row = MigrationIntention(**r.row, person_id=principal(r.session, r.case).id, point=there)
    r.save(row, intends=r.body.intends, reason=r.body.reason)


def check_reason(facts: Facts, reason: str | None) -> None:
    """One of the rules' list. Raises Wrong."""
    known = [row.code for row in facts.rules.rows(IntentionReason)]
    if reason is not None and reason not in known:
        raise Wrong("unknown_code", f"reason: one of {', '.join(known)}.", "reason")


FACTS = (
    Fact("survey", i.SurveyIn, ASKS, survey),
    Fact("survey_rescore", i.RescoreIn, (Role.MONITORING, Role.SUPERVISOR), survey_rescore),
    Fact("satisfaction", i.SatisfactionIn, ASKS, satisfaction),
    Fact("migration_intention", i.IntentionIn, ASKS, migration_intention),
)
