"""Tells who comes after acceptance, when 48 hours before, and the plan on request: frozen, written down, then sent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from integrations.partner import (
    ArrivalPackage,
    FlightLeg,
    IdentityPackage,
    Package,
    PersonData,
    PlanLine,
    PlanPackage,
    Receipt,
)
from models.booking import Booking
from models.case import Case
from models.consent import Consent, ConsentKind
from models.database import vault_of
from models.effect import Effect
from models.handover import Disclosure, Handover, HandoverPackage, ReceptionNote
from models.reintegration import Instalment, Plan
from workflows.actions.partner_handover.offer import of_handover
from workflows.actions.people import contact_of, opened, people_of, subject_row
from workflows.actions.risk_assessment import needs_of
from workflows.facts import Facts
from workflows.handover.access import may_read
from workflows.handover.telling import told
from workflows.house import World
from workflows.inbox.words import open_incident
from workflows.ledger import Letter, NotNow
from workflows.parties import separated

PURPOSE = "reception"
MEETING_POINT = "arrivals hall"
NOT_SENT = {"nationality"}


def identity(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Stage B: who comes, after acceptance and with the person's consent for this recipient."""
    handover = taken(session, effect, facts)
    if frozen := as_frozen(session, case, effect, facts):
        return frozen
    people = tuple(
        PersonData(**{k: v for k, v in opened(session, person).items() if k not in NOT_SENT},
                   role="principal" if person.principal else "dependant")
        for person in people_of(session, case) if str(person.id) not in separated(facts)
    )  # fmt: skip
    contact = vault_of(session).open(contact_of(session, case, facts), "address") if facts.contact_hours else None
    phone = contact if contact and contact.startswith("+") else None
    known = IdentityPackage(people=people, phone=phone, reception_needs=needs_of(facts), **notes(session, case))
    return packed(session, case, effect, facts, "identity", known, told_before(session, handover, "identity"))


def notes(session: Session, case: Case) -> dict[str, Any]:
    """What the partner must know on the day: the newest note of this journey."""
    mine = select(ReceptionNote).where(ReceptionNote.case_id == case.id, ReceptionNote.journey == case.journey)
    row, vault = session.exec(mine.order_by(col(ReceptionNote.at).desc())).first(), vault_of(session)
    if row is None:
        return {}
    alerts = tuple(vault.open(row, "medical_alerts") or ())
    note = vault.open(row, "no_contact")
    return {"medical_alerts": alerts, "no_contact_note": note, "staff_gender": row.staff_gender}


def arrival(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The flights, no earlier than 48 hours before, and only with a ticket and consent."""
    handover, booking = taken(session, effect, facts), facts.booking
    if frozen := as_frozen(session, case, effect, facts):
        return frozen
    if booking is None or booking.status != "ticketed":
        raise NotNow("no ticket")
    legs = {one: None for ticket in told(facts) for one in legs_of(session, ticket.id)}
    flights = tuple(sorted(legs, key=lambda one: (one.departs_at, one.number)))
    known = ArrivalPackage(flights=flights, meeting_point=MEETING_POINT)
    return packed(session, case, effect, facts, "arrival", known, told_before(session, handover, "arrival"))


def plan(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Stage C, on request: what was agreed, how much, when; no reasons and no names."""
    handover = taken(session, effect, facts)
    if frozen := as_frozen(session, case, effect, facts):
        return frozen
    mine = select(Plan).where(Plan.case_id == case.id, Plan.journey == case.journey)
    newest = session.exec(mine.order_by(col(Plan.at).desc())).first()
    if newest is None:
        raise NotNow("no plan")
    rows = session.exec(select(Instalment).where(Instalment.plan_id == newest.id)).all()
    lines = tuple(
        PlanLine(label_code=row.label, amount=row.amount, currency=row.currency, due_on=row.due_on)
        for row in sorted(rows, key=lambda row: row.ordinal)
    )
    known = PlanPackage(lines=lines)
    return packed(session, case, effect, facts, "plan", known, told_before(session, handover, "plan"))


def taken(session: Session, effect: Effect, facts: Facts) -> Handover:
    """The handover, while its partner has taken it and may know. Raises NotNow."""
    handover = subject_row(session, Handover, effect)
    known = next(one for one in facts.handovers if one.id == str(handover.id))
    if handover.accepted_at is None or not may_read(facts, known):
        raise NotNow("not accepted, or no consent")
    return handover


def as_frozen(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any] | None:
    """The letter as it was frozen when the effect was sent first: what is sent again is the same to the byte."""
    row = frozen_under(session, effect)
    if row is None:
        return None
    package = Package.model_validate(vault_of(session).open(row, "body"))
    return of_handover(session, case, effect, facts) | {"package": package}


def packed(
    session: Session, case: Case, effect: Effect, facts: Facts, stage: Any, fields: Any, replaces: str | None
) -> dict[str, Any]:
    """A letter with a package as the facts make it now."""
    package = Package(stage=stage, fields=fields, replaces=replaces)
    return of_handover(session, case, effect, facts) | {"package": package}


def frozen_under(session: Session, effect: Effect) -> HandoverPackage | None:
    """What was frozen when the effect was sent first."""
    return session.exec(select(HandoverPackage).where(HandoverPackage.effect_id == effect.id)).first()


def told_before(session: Session, handover: Handover, stage: str) -> str | None:
    """The hash of the package of this stage that the partner had last, for this handover."""
    query = select(HandoverPackage.sha256).where(HandoverPackage.handover_id == handover.id)
    query = query.where(HandoverPackage.stage == stage, col(HandoverPackage.signed_at).is_not(None))
    return session.exec(query.order_by(col(HandoverPackage.at).desc())).first()


def legs_of(session: Session, booking: str) -> list[FlightLeg]:
    """The flights of one ticket."""
    row = session.get_one(Booking, UUID(booking))
    return [leg(flight) for flight in vault_of(session).open(row, "flights")]


def leg(flight: dict[str, str]) -> FlightLeg:
    """A sealed flight as the partner gets it."""
    return FlightLeg(
        carrier=flight["carrier"], number=flight["flight_number"], origin=flight["origin"],
        destination=flight["destination"], departs_at=datetime.fromisoformat(flight["departs_at"]),
        arrives_at=datetime.fromisoformat(flight["arrives_at"]),
    )  # fmt: skip


def disclose(session: Session, case: Case, effect: Effect, letter: Letter, now: datetime) -> None:
    """The disclosure and the frozen package, committed before a byte leaves (S5)."""
    if frozen_under(session, effect) is not None:
        return
    package, handover = letter.body["package"], subject_row(session, Handover, effect)
    consent = consent_for(session, case, letter.body["partner"])
    fields = sorted(type(package.fields).model_fields)
    session.add(
        Disclosure(
            case_id=case.id, at=now, by="sila", journey=effect.journey, recipient=letter.body["partner"],
            purpose=PURPOSE, basis="consent", consent_id=consent.id, fields=fields, sha256=package.seal(),
            effect_id=effect.id,
        )
    )  # fmt: skip
    row = HandoverPackage(
        case_id=case.id, at=now, by="sila", journey=effect.journey, person_id=handover.person_id,
        handover_id=handover.id, effect_id=effect.id, stage=package.stage, manifest=package.manifest(),
        sha256=package.seal(),
    )  # fmt: skip
    vault_of(session).seal(row, body=package.model_dump(mode="json"))
    session.add(row)


def consent_for(session: Session, case: Case, partner: str) -> Consent:
    """The person's newest consent for this recipient on this journey."""
    query = select(Consent).where(
        Consent.case_id == case.id, Consent.kind == ConsentKind.TRANSFER, Consent.recipient == partner,
        Consent.journey == case.journey,
    )  # fmt: skip
    return max(session.exec(query).all(), key=lambda row: row.at)


def send_package(world: World, letter: Letter) -> Receipt:
    """Send. The partner's receipt carries the hash of what it holds; it is compared when it is written down."""
    said = letter.body
    return world.partners[said["partner"]].send_package(said["reference"], said["package"], key=letter.key)


def resend(world: World, letter: Letter) -> Receipt:
    """The partner keeps our key: the same package under the same key gives the receipt again."""
    return send_package(world, letter)


def signed(session: Session, effect: Effect, receipt: Receipt, now: datetime) -> Handover:
    """Both hashes side by side; if they differ somebody has changed the bytes, which is an incident."""
    handover, package = subject_row(session, Handover, effect), frozen_under(session, effect)
    if package is not None:
        package.their_sha256, package.signed_at = receipt.package_hash, now
        if package.sha256 != receipt.package_hash:
            open_incident(session, handover, "tampered", "sila", now)
    return handover


def told_identity(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """The partner knows who comes."""
    signed(session, effect, answer, now).identity_sent_at = now


def told_arrival(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """The partner knows when."""
    signed(session, effect, answer, now).arrival_sent_at = now


def told_plan(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """The partner knows the plan."""
    signed(session, effect, answer, now).plan_sent_at = now
