"""Records decisions for a child, disputed ages, and comings of age."""

from datetime import timedelta
from uuid import UUID

from models import child
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.facts import Facts, Traveller
from workflows.gather import gather
from workflows.pathways.tables.child import BestInterestsPart
from workflows.records.common import ANYBODY, PROTECTION, person


def best_interests(r: Recording) -> None:
    """A panel's decision for one child, whole in all its parts (S9)."""
    who, facts = person(r), gather(r.session, r.case, r.now)
    traveller = next(one for one in facts.people if one.id == str(who.id))
    sat(r, facts)
    whole(r.body, facts, traveller)
    spoken_for(r, facts)
    if r.body.in_favour:
        heard(r.body, facts, traveller)
    row = child.BestInterests(
        **r.row, person_id=who.id, in_favour=r.body.in_favour, guardian_consents=r.body.guardian.consents,
        carer_confirmed=r.body.carer.identity_verified and r.body.carer.signed_on is not None, chair=r.body.chair,
        panel=sorted(set(r.body.panel)), valid_until=r.now + facts.rules.time("best_interests"),
    )  # fmt: skip
    parts = r.body.model_dump(mode="json", include={"parts", "guardian", "carer", "child"})
    r.save(row, parts=parts, parent_complicit=bool(r.body.parent_may_be_complicit))


def sat(r: Recording, facts: Facts) -> None:
    """A panel of enough different people, one of whom chairs it; the assessor does not (S8)."""
    most = int(facts.rules.number("panel"))
    if len(set(r.body.panel)) < most:
        raise Wrong("panel", f"panel: name at least {most} different people who decided.", "panel")
    if r.body.chair not in r.body.panel:
        raise Wrong("panel", "chair: must be one of the panel.", "chair")
    if r.body.chair == r.by:
        raise Refused("four_eyes", "Who brings the case before the panel does not chair it: name another chair.")


def whole(body: i.BestInterestsIn, facts: Facts, traveller: Traveller) -> None:
    """Every part that the pathway asks for; fewer for a child in a parent's care."""
    alone = traveller.id in facts.protection.needs_escort or bool(body.parent_may_be_complicit)
    rows = facts.rules.rows(BestInterestsPart)
    wanted = [row.code for row in rows if alone or row.always]
    missing = [code for code in wanted if code not in body.parts]
    unknown = [code for code in body.parts if code not in {row.code for row in rows}]
    if missing or unknown:
        trouble = f"missing: {', '.join(missing)}." if missing else f"unknown: {', '.join(unknown)}."
        raise Wrong("parts", f"parts: {trouble} Each says what was found, or why it is not needed.", "parts")


def spoken_for(r: Recording, facts: Facts) -> None:
    """A parent's consent is not enough where that parent may be part of it; no date lies ahead."""
    complicit, guardian = r.body.parent_may_be_complicit, r.body.guardian
    if facts.is_victim and complicit is None:
        raise Wrong(
            "complicity", "parent_may_be_complicit: say yes or no; this is asked wherever trafficking is suspected.",
            "parent_may_be_complicit",
        )  # fmt: skip
    if complicit and guardian.kind == "parent":
        raise Wrong("guardian", "guardian: a parent who may be complicit cannot consent; name an appointed guardian.")
    for name, day in (("guardian.appointed_on", guardian.appointed_on), ("carer.signed_on", r.body.carer.signed_on)):
        if day and day > r.now.date() + timedelta(days=1):
            raise Wrong("future", f"{name}: lies in the future.", name)


def heard(body: i.BestInterestsIn, facts: Facts, traveller: Traveller) -> None:
    """A child old enough is heard, and a child who says no is not returned."""
    too_young = traveller.is_under(int(facts.rules.number("assent_age")), facts.today)
    if not too_young and not body.child.heard:
        raise Wrong("not_heard", "child.heard: a child of this age is heard first.", "child.heard")
    if body.child.heard and not body.child.assents:
        raise Refused("child_says_no", "The child does not agree: a return cannot be decided in favour of.")


def age_claim(r: Recording) -> None:
    """What somebody or something says of an age; what was said before stays."""
    row = child.AgeClaim(**r.row, person_id=person(r).id, age_source=r.body.age_source)
    if r.body.born_on and r.body.born_on > r.now.date():
        raise Wrong("future", "born_on: lies in the future; check the year.", "born_on")
    r.save(row, born_on=r.body.born_on, narrative=r.body.narrative)


def age_decision(r: Recording) -> None:
    """The word of the body that decides."""
    row = child.AgeDecision(**r.row, person_id=person(r).id, body=r.body.body, decision_hash=r.body.decision_sha256)
    if r.body.born_on > r.now.date():
        raise Wrong("future", "born_on: lies in the future; check the year.", "born_on")
    r.save(row, born_on=r.body.born_on)


def turning_adult(r: Recording) -> None:
    """An alert before the 18th birthday was seen to; only one that is asked for comes this far."""
    _, _, who = r.body.about.partition(":")
    r.save(child.ComingOfAge(**r.row, person_id=UUID(who), subject=r.body.about), notes=r.body.notes)


def continued_support(r: Recording) -> None:
    """What goes on for somebody who has come of age. Only somebody who has."""
    who = person(r)
    facts = gather(r.session, r.case, r.now)
    if any(one.is_child(facts.today) for one in facts.people if one.id == str(who.id)):
        raise Refused("still_a_child", "The person is still a child, or treated as one: decide after the birthday.")
    row = child.ComingOfAge(**r.row, person_id=who.id, subject=f"18:{who.id}", protection_goes_on=r.body.goes_on)
    r.save(row, notes=r.body.reason)


FACTS = (
    Fact("best_interests", i.BestInterestsIn, PROTECTION, best_interests),
    Fact("age_claim", i.AgeClaimIn, (*ANYBODY, Role.PROTECTION_OFFICER, Role.MEDICAL_OFFICER), age_claim),
    Fact("age_decision", i.AgeDecisionIn, PROTECTION, age_decision),
    Fact("turning_18", i.TurningAdultIn, (*PROTECTION, Role.COUNSELLOR), turning_adult, only_when_asked=True),
    Fact("continued_support", i.ContinuedSupportIn, PROTECTION, continued_support),
)
