"""Records plans, proofs, payments, check-ins and the end."""

from models import reintegration
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused
from workflows.records.common import OPERATIONS, PROTECTION, STAFF, SUPERVISOR, about, principal


def plan(r: Recording) -> None:
    """A reintegration plan with its instalments, in their order."""
    row = r.save(reintegration.Plan(**r.row))
    r.session.flush()
    for ordinal, part in enumerate(r.body.instalments, start=1):
        r.save(reintegration.Instalment(**r.row, plan_id=row.id, ordinal=ordinal, **part.model_dump()))


def evidence(r: Recording) -> None:
    """The hash of a proof, and who gave it."""
    row = about(r, reintegration.Instalment)
    row.evidence_hash, row.evidence_by = r.body.sha256, r.by


def instalment_approval(r: Recording) -> None:
    """Approval by somebody else than who planned or proved (four eyes)."""
    row = about(r, reintegration.Instalment)
    if r.by in (row.evidence_by, row.by):
        raise Refused("four_eyes", "Somebody else than who recorded the plan or the evidence must approve.")
    row.approved_by = r.by


def payment(r: Recording) -> None:
    """What became of a payment, by somebody else than its approver (four eyes)."""
    row = about(r, reintegration.Instalment)
    if r.by == row.approved_by:
        raise Refused("four_eyes", "Somebody else than the approver must report the payment.")
    row.payment_status, row.paid_at = ("handed_over" if r.body.handed_over else "failed"), r.now


def check_in(r: Recording) -> None:
    """Whether the person was reached, and is safe."""
    row = reintegration.CheckIn(
        **r.row, person_id=principal(r.session, r.case).id, point=r.body.about, reached=r.body.reached
    )
    r.save(row, safe=r.body.safe, answers=r.body.answers or None)


def safety_review(r: Recording) -> None:
    """Somebody looked after a person who did not feel safe."""
    r.save(reintegration.SafetyReview(**r.row, subject=r.body.about))


def closure(r: Recording) -> None:
    """The case ends, with a reason."""
    r.save(reintegration.Closure(**r.row, reason=r.body.reason))
    r.case.closed_at, r.case.outcome = r.now, r.body.reason


FACTS = (
    Fact("reintegration_plan", i.PlanIn, STAFF, plan),
    Fact("evidence", i.EvidenceIn, STAFF, evidence, only_when_asked=True),
    Fact("instalment_approval", i.OfSubjectIn, SUPERVISOR, instalment_approval, only_when_asked=True),
    Fact("payment", i.PaymentIn, OPERATIONS, payment, only_when_asked=True),
    Fact("check_in", i.CheckInIn, (*STAFF, Role.RECEIVING_PARTNER), check_in),
    Fact("safety_review", i.OfSubjectIn, PROTECTION, safety_review),
    Fact("closure", i.ClosureIn, STAFF, closure, only_when_asked=True),
)
