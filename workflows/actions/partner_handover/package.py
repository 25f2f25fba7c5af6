"""Tells who comes after acceptance, and when 48 hours before; each disclosure is written down first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from integrations.partner import ArrivalPackage, FlightLeg, IdentityPackage, Package, PersonData
from models.booking import Booking
from models.case import Case
from models.consent import Consent, ConsentKind
from models.database import vault_of
from models.effect import Effect, EffectState
from models.handover import Disclosure, Handover
from workflows.actions.partner_handover.offer import of_handover
from workflows.actions.people import contact_of, opened, people_of, subject_row
from workflows.actions.risk_assessment import needs_of
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Letter, NotNow

PURPOSE = "reception"
MEETING_POINT = "arrivals hall"


def identity(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Stage B: who comes, after acceptance and with the person's consent for this recipient."""
    handover = subject_row(session, Handover, effect)
    if handover.status != "accepted" or handover.partner not in facts.may_share_with:
        raise NotNow("not accepted, or no consent")
    people = tuple(
        PersonData(**{k: v for k, v in opened(session, person).items() if k != "nationality"},
                   role="principal" if person.principal else "dependant")
        for person in people_of(session, case)
    )  # fmt: skip
    contact = vault_of(session).open(contact_of(session, case, facts), "address") if facts.contact_hours else None
    phone = contact if contact and contact.startswith("+") else None
    known = IdentityPackage(people=people, phone=phone, reception_needs=needs_of(facts))
    return of_handover(session, case, effect, facts) | {"package": Package(stage="identity", fields=known)}


def arrival(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Stage C: the flights, no earlier than 48 hours before, and only with a ticket and consent."""
    handover = subject_row(session, Handover, effect)
    booking = facts.booking
    if booking is None or booking.status != "ticketed" or handover.partner not in facts.may_share_with:
        raise NotNow("no ticket, or no consent")
    row = session.get_one(Booking, UUID(booking.id))
    legs = tuple(leg(flight) for flight in vault_of(session).open(row, "flights"))
    known = ArrivalPackage(flights=legs, meeting_point=MEETING_POINT)
    package = Package(stage="arrival", fields=known, replaces=told_before(session, handover))
    return of_handover(session, case, effect, facts) | {"package": package}


def told_before(session: Session, handover: Handover) -> str | None:
    """The hash of the flight that the partner was told of last, for this handover."""
    query = select(Disclosure.sha256).join(Effect, col(Effect.id) == Disclosure.effect_id)
    query = query.where(Effect.action == "send_arrival", col(Effect.subject).startswith(f"{handover.id}."))
    query = query.where(Effect.state == EffectState.CONFIRMED)
    return session.exec(query.order_by(col(Disclosure.at).desc())).first()


def leg(flight: dict[str, str]) -> FlightLeg:
    """A sealed flight as the partner gets it."""
    return FlightLeg(
        carrier=flight["carrier"], number=flight["flight_number"], origin=flight["origin"],
        destination=flight["destination"], departs_at=datetime.fromisoformat(flight["departs_at"]),
        arrives_at=datetime.fromisoformat(flight["arrives_at"]),
    )  # fmt: skip


def disclose(session: Session, case: Case, effect: Effect, letter: Letter, now: datetime) -> None:
    """The disclosure row, committed before a byte leaves (S5)."""
    package = letter.body["package"]
    consents = session.exec(
        select(Consent).where(
            Consent.case_id == case.id,
            Consent.kind == ConsentKind.TRANSFER,
            Consent.recipient == letter.body["partner"],
            Consent.journey == case.journey,
        )
    ).all()
    consent = max(consents, key=lambda row: row.at)
    session.add(
        Disclosure(
            case_id=case.id, at=now, by="sila", journey=effect.journey, recipient=letter.body["partner"],
            purpose=PURPOSE, basis="consent", consent_id=consent.id, fields=sorted(type(package.fields).model_fields),
            sha256=package.seal(), effect_id=effect.id,
        )
    )  # fmt: skip


def send_package(world: World, letter: Letter) -> Any:
    """Send; the partner's receipt must carry the same seal."""
    said = letter.body
    return world.partners[said["partner"]].send_package(said["reference"], said["package"], key=letter.key)


def resend(world: World, letter: Letter) -> Any:
    """The partner keeps our key: the same package under the same key gives the receipt again."""
    return send_package(world, letter)


def told_identity(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """The partner knows who comes."""
    subject_row(session, Handover, effect).identity_sent_at = now


def told_arrival(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """The partner knows when."""
    subject_row(session, Handover, effect).arrival_sent_at = now
