"""Every kind of fact: its input, who may record it, how, and whether only when it is asked for."""

from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, choose
from workflows.records.booking import desk_booking, desk_cancellation, effect_outcome, journey, price, rebook
from workflows.records.clearance import document, exit_, health
from workflows.records.common import STAFF
from workflows.records.counselling import (
    data_consent,
    declaration,
    receiving_partner,
    screening,
    session_held,
    support,
    transfer,
)
from workflows.records.departure import arrival, boarding, reconfirmation, reply
from workflows.records.reintegration import (
    check_in,
    closure,
    evidence,
    instalment_approval,
    payment,
    plan,
    safety_review,
)
from workflows.records.risk_assessment import approval, assessment, best_interests

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
