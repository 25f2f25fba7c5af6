"""Records assessments, approvals and decisions for a child."""

from models import risk_assessment
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused
from workflows.pathways import rules_of
from workflows.records.common import PROTECTION, SUPERVISOR, about, person, principal


def assessment(r: Recording) -> None:
    """A risk assessment; it holds for the time the pathway says."""
    rules = rules_of(r.case.pathway, r.case.pathway_version)
    row = risk_assessment.RiskAssessment(
        **r.row, person_id=principal(r.session, r.case).id, valid_until=r.now + rules.time("risk_validity")
    )
    r.save(row, level=r.body.level, items=r.body.items, narrative=r.body.narrative)


def approval(r: Recording) -> None:
    """The word of a second person on an assessment."""
    row = about(r, risk_assessment.RiskAssessment, "assessment")
    if row.by == r.by:
        raise Refused("four_eyes", "Somebody else than the assessor must decide.")
    r.save(risk_assessment.RiskApproval(**r.row, assessment_id=row.id, approved=r.body.approved))


def best_interests(r: Recording) -> None:
    """A decision for one child."""
    r.save(
        risk_assessment.BestInterests(
            **r.row, person_id=person(r).id, in_favour=r.body.in_favour, guardian_consents=r.body.guardian_consents,
            carer_confirmed=r.body.carer_confirmed,
        )
    )  # fmt: skip


FACTS = (
    Fact("risk_assessment", i.RiskIn, PROTECTION, assessment),
    Fact("risk_approval", i.ApprovalIn, (*SUPERVISOR, Role.PROTECTION_OFFICER), approval, only_when_asked=True),
    Fact("best_interests", i.BestInterestsIn, PROTECTION, best_interests),
)
