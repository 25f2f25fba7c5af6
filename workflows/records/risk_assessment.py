"""Records assessments, approvals, later looks, and what is reported."""

from typing import NoReturn
from uuid import UUID

from sqlmodel import col, select

from models import risk_assessment
from models.person import Person
from models.stage import Role, Track
from workflows import gates, matrix
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.facts import Facts
from workflows.gather import gather
from workflows.pathways.tables.risk_assessment import RiskDomain, Signal
from workflows.records.common import ANYBODY, PROTECTION, SUPERVISOR, about, principal

REPORTERS = (
    *ANYBODY, Role.PROTECTION_OFFICER, Role.MEDICAL_OFFICER, Role.OPERATIONS, Role.MONITORING, Role.SHELTER_PARTNER,
    Role.RECEIVING_PARTNER,
)  # fmt: skip


def assessment(r: Recording) -> None:
    """A risk assessment with its matrix; it holds for the time the pathway says."""
    facts = gather(r.session, r.case, r.now)
    hint = checked(r.body, facts)
    place, heard = facts.protection.country, heard_of(r)
    row = risk_assessment.RiskAssessment(
        **r.row, person_id=principal(r.session, r.case).id, valid_until=r.now + facts.rules.time("risk_validity"),
        signals_seen=facts.protection.signals, country_input_id=heard.id if heard else None,
        country_assessment_id=UUID(place.id) if place else None,
    )  # fmt: skip
    items = [item.model_dump(mode="json") for item in r.body.items]
    r.save(row, level=r.body.level, hint=hint, items=items, reason=r.body.reason, narrative=r.body.narrative)


def heard_of(r: Recording) -> risk_assessment.CountryInput | None:
    """What the receiving partner has said of the place on this journey, if anything."""
    kind = risk_assessment.CountryInput
    query = select(kind).where(kind.case_id == r.case.id, kind.journey == r.case.journey)
    return r.session.exec(query.where(col(kind.safe).is_not(None)).order_by(col(kind.at).desc())).first()


def checked(body: i.RiskIn, facts: Facts) -> str:
    """The level that the matrix gives. Raises Wrong where it is not whole, or the level cannot be."""
    rules, track = facts.rules, "in_place" if facts.track is Track.IN_PLACE else "return"
    if not body.items:
        names = ", ".join(row.code for row in rules.rows(RiskDomain) if track in row.tracks)
        wrong("no_items", f"rate each domain (likelihood and impact 1 to 5, before and after mitigation): {names}.")
    if unknown := matrix.unknown(rules, body.items):
        wrong("unknown_code", f"not in the tables, or there twice: {', '.join(unknown)}; `sila process show` has them.")
    if missing := matrix.missing(rules, track, body.items):
        wrong("not_rated", f"not rated: {', '.join(missing)}; rate them, or say why they do not apply.")
    hint = matrix.residual(rules, body.items)
    judged(body, facts, hint)
    return hint


def judged(body: i.RiskIn, facts: Facts, hint: str) -> None:
    """The assessor's own level has a reason where it differs; a critical item leaves no other level."""
    if hint == gates.WORST and body.level != hint:
        wrong("critical_item", "one item stays critical, so the case is critical; add mitigations first.", "level")
    if body.level != hint and not body.reason:
        wrong("no_reason", f"the matrix says {hint}: say why you judge it {body.level}.", "reason")
    place = facts.country_input
    if place and place.safe is False and not gates.is_unacceptable(facts, body.level) and not body.reason:
        wrong("partner_says_unsafe", "the receiving partner calls the place unsafe: say why it can still be.", "reason")


def wrong(code: str, remedy: str, field: str = "items") -> NoReturn:
    """Refuse, with the field and what to do."""
    raise Wrong(code, f"{field}: {remedy}", field)


def approval(r: Recording) -> None:
    """The word of a second person on exactly the assessment that they read (S8)."""
    row = about(r, risk_assessment.RiskAssessment, "assessment")
    if row.by == r.by:
        raise Refused("four_eyes", "Somebody else than the assessor must decide.")
    facts = gather(r.session, r.case, r.now)
    risk = facts.risk
    if risk is None or risk.id != str(row.id):
        raise Refused("newer_assessment", "There is a newer assessment: read and decide on that one.")
    if not risk.sha256.startswith(r.body.sha256):
        raise Refused("other_content", "This is not the content you were shown: open the assessment and read it again.")
    if risk.approved is not None or risk.valid_until <= r.now:
        raise Refused("not_asked", "It is decided already, or has expired: look at the case's status.")
    lower = matrix.is_lower(facts.rules, risk.level, risk.hint)
    if lower and r.body.approved and not r.body.lower_seen:
        raise Refused("lower_not_seen", "It is judged lower than the matrix: read the reason, then set lower_seen.")
    r.save(
        risk_assessment.RiskApproval(
            **r.row, assessment_id=row.id, approved=r.body.approved, sha256=risk.sha256, lower_seen=r.body.lower_seen
        )
    )


def review(r: Recording) -> None:
    """A protection officer looked again, knowing all that was reported; nobody weighs what they reported themselves."""
    facts = gather(r.session, r.case, r.now)
    if facts.risk is None:
        raise Refused("no_assessment", "There is no assessment on this journey yet: record one.")
    if r.body.about.startswith("reported:") and r.body.about != gates.review_of(facts):
        raise Refused("reported_since", "More was reported since you looked: read it, and answer the new question.")
    if r.body.stands and r.by in reporters(r, facts):
        raise Refused("four_eyes", "You reported it: another officer must look at it, or assess the risk anew.")
    place = facts.protection.country
    row = risk_assessment.RiskReview(
        **r.row, person_id=principal(r.session, r.case).id, assessment_id=UUID(facts.risk.id), subject=r.body.about,
        stands=r.body.stands, signals_seen=facts.protection.signals,
        country_assessment_id=UUID(place.id) if place else None,
    )  # fmt: skip
    r.save(row, reason=r.body.reason)


def reporters(r: Recording, facts: Facts) -> set[str]:
    """Who has reported something that nobody has looked at yet."""
    assert facts.risk is not None
    looked_at = max([facts.risk.at, *(look.at for look in facts.protection.looks)])
    kind = risk_assessment.Threat
    return set(r.session.exec(select(kind.by).where(kind.case_id == r.case.id, col(kind.at) >= looked_at)))


def threat(r: Recording) -> None:
    """What was reported, sealed. From now on the assessment does not hold until somebody has looked at it."""
    rules = gather(r.session, r.case, r.now).rules
    known = [row.code for row in rules.rows(Signal)]
    if r.body.kind not in known:
        wrong("unknown_code", f"one of {', '.join(known)}.", "kind")
    who = r.session.get(Person, r.body.person) if r.body.person else principal(r.session, r.case)
    if who is None or who.case_id != r.case.id:
        wrong("unknown_person", "not a person of this case; the status lists their ids.", "person")
    if r.body.happened_on and r.body.happened_on > r.now.date():
        wrong("future", "it lies in the future; give the day it happened on.", "happened_on")
    r.save(risk_assessment.Threat(**r.row, person_id=who.id), **r.body.model_dump(exclude={"person"}, mode="json"))


FACTS = (
    Fact("risk_assessment", i.RiskIn, PROTECTION, assessment),
    Fact("risk_approval", i.ApprovalIn, (*SUPERVISOR, Role.PROTECTION_OFFICER), approval),
    Fact("risk_review", i.RiskReviewIn, PROTECTION, review),
    Fact("threat", i.ThreatIn, REPORTERS, threat),
)
