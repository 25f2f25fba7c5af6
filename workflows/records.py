"""How each kind of fact is written down, and the table of all kinds with who may record them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from models import booking as b
from models import clearance, counselling, departure, reintegration, risk_assessment
from models.case import Case
from models.consent import Consent, ConsentKind
from models.database import keyring_of
from models.effect import Effect, EffectState
from models.handover import Handover, Partner
from models.person import Person
from models.stage import Role, Track
from models.travel_document import TravelDocument
from models.vault import blind_index
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong, choose, withdraw_will
from workflows.pathways import rules_of

STAFF = (Role.COUNSELLOR, Role.SUPERVISOR)


def principal(session: Session, case: Case) -> Person:
    """The person whose case it is."""
    return session.exec(select(Person).where(Person.case_id == case.id, Person.principal == True)).one()  # noqa: E712


def person(r: Recording) -> Person:
    """The person the body names. Raises Wrong when they are not of this case."""
    row = r.session.get(Person, r.body.person)
    if row is None or row.case_id != r.case.id:
        raise Wrong("unknown_person", "person: not a person of this case; the status lists their ids.", "person")
    return row


def about(r: Recording, kind: type[Any], field: str = "about") -> Any:
    """The row of this case that the body names."""
    try:
        row = r.session.get(kind, UUID(str(getattr(r.body, field))))
    except ValueError:
        row = None
    if row is None or row.case_id != r.case.id:
        raise Wrong("unknown", f"{field}: not found in this case; the question names it.", field)
    return row


def consent(r: Recording, who: UUID, kind: ConsentKind, **more: Any) -> None:
    """One consent row."""
    kept = {"text_version", "text_hash", "language", "interpreter", "witness"}
    said: dict[str, Any] = r.body.model_dump(include=kept)
    r.save(Consent(**r.row, person_id=who, kind=kind, **said, **more))


def data_consent(r: Recording) -> None:
    consent(r, principal(r.session, r.case).id, ConsentKind.DATA, given=r.body.given)


def screening(r: Recording) -> None:
    row = counselling.Screening(
        **r.row, person_id=principal(r.session, r.case).id, vulnerable=r.body.vulnerable,
        asylum_pending=r.body.asylum_pending,
    )  # fmt: skip
    r.save(row, result=r.body.result)


def session_held(r: Recording) -> None:
    row = counselling.CounsellingSession(
        **r.row, person_id=principal(r.session, r.case).id, options=list(r.body.options), language=r.body.language,
        reflection_waived=r.body.reflection_waived, interpreter=r.body.interpreter,
    )  # fmt: skip
    r.save(row, coercion_flags=r.body.coercion_flags)


def declaration(r: Recording) -> None:
    if r.case.track is not Track.RETURN:
        raise Refused("not_returning", "Record the choice to return first.")
    consent(r, person(r).id, ConsentKind.DECLARATION)


def transfer(r: Recording) -> None:
    partner_of(r.session, r.body.recipient, r.now)
    consent(
        r, principal(r.session, r.case).id, ConsentKind.TRANSFER, recipient=r.body.recipient, purpose="reception",
        given=r.body.given,
    )  # fmt: skip


def partner_of(session: Session, code: str, now: datetime) -> Partner:
    """A partner with a live agreement. Raises Wrong."""
    partner = session.get(Partner, code)
    if partner is None or partner.agreement_until < now.date():
        raise Wrong("no_agreement", "partner: no agreement is in force with this partner; choose another.", "partner")
    return partner


def receiving_partner(r: Recording) -> None:
    if r.case.country not in partner_of(r.session, r.body.partner, r.now).countries:
        raise Wrong("other_country", "partner: it does not work in the country of return.", "partner")
    r.case.partner = r.body.partner


def support(need: str) -> Callable[[Recording], None]:
    def recorder(r: Recording) -> None:
        subject = f"withdrawal:{r.case.journey}" if need == "bed_and_transport" else str(r.case.journey)
        r.save(counselling.Support(**r.row, need=need, subject=subject))

    return recorder


def assessment(r: Recording) -> None:
    rules = rules_of(r.case.pathway, r.case.pathway_version)
    row = risk_assessment.RiskAssessment(
        **r.row, person_id=principal(r.session, r.case).id, valid_until=r.now + rules.time("risk_validity")
    )
    r.save(row, level=r.body.level, items=r.body.items, narrative=r.body.narrative)


def approval(r: Recording) -> None:
    row = about(r, risk_assessment.RiskAssessment, "assessment")
    if row.by == r.by:
        raise Refused("four_eyes", "Somebody else than the assessor must decide.")
    r.save(risk_assessment.RiskApproval(**r.row, assessment_id=row.id, approved=r.body.approved))


def best_interests(r: Recording) -> None:
    r.save(
        risk_assessment.BestInterests(
            **r.row, person_id=person(r).id, in_favour=r.body.in_favour, guardian_consents=r.body.guardian_consents,
            carer_confirmed=r.body.carer_confirmed,
        )
    )  # fmt: skip


def health(r: Recording) -> None:
    row = clearance.HealthClearance(
        **r.row, person_id=person(r).id, valid_from=r.body.valid_from, valid_until=r.body.valid_until
    )
    r.save(row, fit=r.body.fit, notes=r.body.notes)


def document(r: Recording) -> None:
    keep_document(r, person(r).id, r.body.document)


def keep_document(r: Recording, who: UUID, said: i.DocumentIn) -> None:
    """A document; an expired one is refused."""
    if said.expires_on <= r.now.date():
        raise Wrong("expired", "document.expires_on: the document has expired; record a valid one.", "document")
    row = TravelDocument(
        **r.row, person_id=who, kind=said.kind, country=said.country, expires_on=said.expires_on,
        single_journey=said.single_journey,
        number_index=blind_index(keyring_of(r.session), "document", said.country, said.number),
    )  # fmt: skip
    r.save(row, number=said.number)


def exit_(r: Recording) -> None:
    r.save(clearance.ExitClearance(**r.row, **r.body.model_dump()))


def journey(r: Recording) -> None:
    if r.body.depart_on < r.now.date():
        raise Wrong("past", "depart_on: lies in the past; give a day from today on.", "depart_on")
    r.save(b.JourneyPlan(**r.row, **r.body.model_dump()))


def price(r: Recording) -> None:
    r.save(b.PriceApproval(**r.row, up_to=r.body.up_to))


def generation(r: Recording) -> int:
    """How many bookings this journey had."""
    rows = r.session.exec(
        select(b.Booking.generation).where(b.Booking.case_id == r.case.id, b.Booking.journey == r.case.journey)
    ).all()
    return max(rows, default=0)


def desk_booking(r: Recording) -> None:
    row = b.Booking(
        **r.row, person_id=principal(r.session, r.case).id, generation=generation(r) + 1, route="desk",
        outside_id=f"desk-{r.case.ref}-{generation(r) + 1}", status="ticketed", price=r.body.price,
        currency=r.body.currency, looked_at=r.now,
    )  # fmt: skip
    flights = [flight.model_dump(mode="json") for flight in r.body.flights]
    r.save(row, flights=flights, locator=r.body.locator, tickets=r.body.tickets)


def desk_cancellation(r: Recording) -> None:
    about(r, b.Booking).status = "cancelled"


def rebook(r: Recording) -> None:
    row = about(r, b.Booking)
    if row.status == "ticketed":
        row.status = "unused"
    r.save(b.RebookDecision(**r.row, booking_generation=row.generation))


def effect_outcome(r: Recording) -> None:
    effect = about(r, Effect)
    effect.attempts, effect.next_try_at = 0, None
    if r.body.outcome == "absent":
        effect.state, effect.settled_at = EffectState.ABSENT, r.now


def reply(r: Recording) -> None:
    row = about(r, Handover)
    row.reply_at = r.now
    r.save(row, reply=r.body.text)


def reconfirmation(r: Recording) -> None:
    if not r.body.still_wants:
        withdraw_will(r.session, r.case, r.by, r.now)
        return
    r.save(departure.Reconfirmation(**r.row, person_id=person(r).id, still_wants=True))


def boarding(r: Recording) -> None:
    gone = r.now if r.body.outcome == "boarded" else None
    r.save(departure.Boarding(**r.row, outcome=r.body.outcome, departed_at=gone, generation=generation(r)))


def arrival(r: Recording) -> None:
    at = (r.body.arrived_at or r.now).astimezone(UTC)
    r.save(departure.Arrival(**r.row, arrived_at=at, met=r.body.met, source="staff"))


def plan(r: Recording) -> None:
    row = r.save(reintegration.Plan(**r.row))
    r.session.flush()
    for ordinal, part in enumerate(r.body.instalments, start=1):
        r.save(reintegration.Instalment(**r.row, plan_id=row.id, ordinal=ordinal, **part.model_dump()))


def evidence(r: Recording) -> None:
    row = about(r, reintegration.Instalment)
    row.evidence_hash, row.evidence_by = r.body.sha256, r.by


def instalment_approval(r: Recording) -> None:
    row = about(r, reintegration.Instalment)
    if r.by in (row.evidence_by, row.by):
        raise Refused("four_eyes", "Somebody else than who recorded the plan or the evidence must approve.")
    row.approved_by = r.by


def payment(r: Recording) -> None:
    row = about(r, reintegration.Instalment)
    if r.by == row.approved_by:
        raise Refused("four_eyes", "Somebody else than the approver must report the payment.")
    row.payment_status, row.paid_at = ("handed_over" if r.body.handed_over else "failed"), r.now


def check_in(r: Recording) -> None:
    row = reintegration.CheckIn(
        **r.row, person_id=principal(r.session, r.case).id, point=r.body.about, reached=r.body.reached
    )
    r.save(row, safe=r.body.safe, answers=r.body.answers or None)


def safety_review(r: Recording) -> None:
    r.save(reintegration.SafetyReview(**r.row, subject=r.body.about))


def closure(r: Recording) -> None:
    r.save(reintegration.Closure(**r.row, reason=r.body.reason))
    r.case.closed_at, r.case.outcome = r.now, r.body.reason


MOVEMENT, PROTECTION = (Role.MOVEMENT_OFFICER, Role.SUPERVISOR), (Role.PROTECTION_OFFICER, Role.SUPERVISOR)
ANYBODY = (*STAFF, Role.MOVEMENT_OFFICER)
OPERATIONS, SUPERVISOR = (Role.OPERATIONS, Role.SUPERVISOR), (Role.SUPERVISOR, Role.OPERATIONS)

FACTS: dict[str, Fact] = {
    fact.kind: fact
    for fact in (
        Fact("data_consent", i.DataConsentIn, STAFF, data_consent),
        Fact("screening", i.ScreeningIn, (*STAFF, Role.PROTECTION_OFFICER), screening),
        Fact("counselling_session", i.SessionIn, (*STAFF, Role.PROTECTION_OFFICER), session_held),
        Fact("track_choice", i.ChoiceIn, STAFF, choose),
        Fact("declaration", i.DeclarationIn, STAFF, declaration),
        Fact("transfer_consent", i.TransferIn, STAFF, transfer),
        Fact("receiving_partner", i.PartnerIn, STAFF, receiving_partner),
        Fact("bed_and_transport", i.SupportIn, (*STAFF, Role.SHELTER_PARTNER), support("bed_and_transport")),
        Fact("shelter", i.SupportIn, (*STAFF, Role.SHELTER_PARTNER), support("shelter")),
        Fact("risk_assessment", i.RiskIn, PROTECTION, assessment),
        Fact("risk_approval", i.ApprovalIn, (*SUPERVISOR, Role.PROTECTION_OFFICER), approval, only_when_asked=True),
        Fact("best_interests", i.BestInterestsIn, PROTECTION, best_interests),
        Fact("health_clearance", i.HealthIn, (Role.MEDICAL_OFFICER,), health),
        Fact("travel_document", i.DocumentOfIn, (*MOVEMENT, Role.COUNSELLOR), document),
        Fact("exit_clearance", i.ExitIn, MOVEMENT, exit_),
        Fact("journey_plan", i.JourneyIn, MOVEMENT, journey),
        Fact("price_approval", i.PriceIn, SUPERVISOR, price, only_when_asked=True),
        Fact("desk_booking", i.DeskBookingIn, MOVEMENT, desk_booking, only_when_asked=True),
        Fact("desk_cancellation", i.OfSubjectIn, MOVEMENT, desk_cancellation, only_when_asked=True),
        Fact("rebook", i.OfSubjectIn, MOVEMENT, rebook, only_when_asked=True),
        Fact("effect_outcome", i.EffectOutcomeIn, OPERATIONS, effect_outcome, only_when_asked=True),
        Fact("handover_reply", i.ReplyIn, STAFF, reply, only_when_asked=True),
        Fact("reconfirmation", i.ReconfirmationIn, ANYBODY, reconfirmation, only_when_asked=True),
        Fact("boarding", i.BoardingIn, MOVEMENT, boarding, only_when_asked=True),
        Fact("arrival", i.ArrivalIn, (*PROTECTION, Role.RECEIVING_PARTNER), arrival, only_when_asked=True),
        Fact("reintegration_plan", i.PlanIn, STAFF, plan),
        Fact("evidence", i.EvidenceIn, STAFF, evidence, only_when_asked=True),
        Fact("instalment_approval", i.OfSubjectIn, SUPERVISOR, instalment_approval, only_when_asked=True),
        Fact("payment", i.PaymentIn, OPERATIONS, payment, only_when_asked=True),
        Fact("check_in", i.CheckInIn, (*STAFF, Role.RECEIVING_PARTNER), check_in),
        Fact("safety_review", i.OfSubjectIn, PROTECTION, safety_review),
        Fact("closure", i.ClosureIn, STAFF, closure, only_when_asked=True),
    )
}  # fmt: skip
