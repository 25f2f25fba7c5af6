"""Records who is to receive, and what is said and done about a partner."""

from sqlmodel import select

from models.handover import (
    DataCertificate,
    Handover,
    HandoverQuestion,
    HandoverUrgency,
    PartnerCall,
    PartnerChoice,
    ProtectionIncident,
    ReceptionNote,
)
from models.handover_state import after
from models.queries.partners import can_take, load
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Wrong
from workflows.records.common import OPERATIONS, PROTECTION, STAFF, about, principal
from workflows.records.counselling import partner_of

CANNOT = {
    "other_country": "partner: it does not work in the country of return; choose one that does.",
    "other_area": "partner: it does not work in the area of return; choose one that does.",
    "paused": "partner: it takes nobody for some time; choose another, or ask operations when it opens again.",
    "full": "partner: it has as many people as it can take; choose another, or ask operations to agree on more.",
}
CALLERS = (*STAFF, Role.COUNTRY_OFFICE, Role.PROTECTION_OFFICER, Role.OPERATIONS)


def receiving_partner(r: Recording) -> None:
    """Who is to receive the person. Choosing the same partner again offers the case to it again."""
    partner = partner_of(r.session, r.body.partner, r.now)
    taken = load(r.session).get(partner.code, 0)
    why = can_take(partner, r.case.country, r.case.area, r.now, taken)
    if why:
        raise Wrong(why, CANNOT[why], "partner")
    r.case.partner = partner.code
    r.save(PartnerChoice(**r.row, partner=partner.code))


def reply(r: Recording) -> None:
    """The answer to what a partner asked back."""
    row = about(r, HandoverQuestion)
    row.replied_at = r.now
    r.save(row, reply=r.body.text)


def urgency(r: Recording) -> None:
    """How soon the partner must answer the next offer."""
    r.save(HandoverUrgency(**r.row, urgency=r.body.urgency))


def note(r: Recording) -> None:
    """What the partner must know on the day; a partner that knows who comes is told anew."""
    row = ReceptionNote(**r.row, person_id=principal(r.session, r.case).id, staff_gender=r.body.staff_gender)
    r.save(row, no_contact=r.body.no_contact, medical_alerts=r.body.medical_alerts or None)


def call(r: Recording) -> None:
    """Somebody called the partner."""
    r.save(PartnerCall(**r.row, subject=r.body.about, outcome=r.body.outcome))


def incident(r: Recording) -> None:
    """What came of an incident; until then it holds the case open, and a changed package holds the ticket."""
    row = about(r, ProtectionIncident)
    row.closed_at, row.closed_by, row.outcome = r.now, r.by, r.body.outcome


def returned(r: Recording) -> None:
    """Our word on a return: accepted, the partner's handover ends; refused, it stays as it was."""
    back = about(r, Handover)
    back.accepted_at = r.now
    back.status = "accepted" if r.body.accepted else "declined"
    back.reason, back.ended_at = r.body.reason_code or back.reason, r.now
    if not r.body.accepted:
        return
    for given in r.session.exec(
        select(Handover).where(Handover.case_id == r.case.id, Handover.partner == back.partner)
    ):
        reached = None if given.back else after(given.status, "returned")
        if reached:
            given.status, given.reason, given.ended_at = reached.value, "returned", r.now


def certificate(r: Recording) -> None:
    """The partner certifies that nothing of the person is left there."""
    row = about(r, Handover)
    r.save(DataCertificate(**r.row, handover_id=row.id, kind=r.body.kind, sha256=r.body.sha256))


FACTS = (
    Fact("receiving_partner", i.PartnerIn, STAFF, receiving_partner),
    Fact("handover_reply", i.ReplyIn, STAFF, reply, only_when_asked=True),
    Fact("handover_urgency", i.UrgencyIn, (*STAFF, Role.PROTECTION_OFFICER), urgency),
    Fact("reception_note", i.ReceptionNoteIn, (*PROTECTION, Role.MEDICAL_OFFICER, Role.COUNSELLOR), note),
    Fact("partner_call", i.CallIn, CALLERS, call, only_when_asked=True),
    Fact("protection_incident", i.PartnerIncidentIn, PROTECTION, incident, only_when_asked=True),
    Fact("handover_return", i.ReturnIn, STAFF, returned, only_when_asked=True),
    Fact("data_certificate", i.CertificateIn, OPERATIONS, certificate, only_when_asked=True),
)
