"""Searches, holds, pays and cancels seats. A lost call is looked up by our key, never repeated blindly."""

from datetime import datetime
from typing import Any
from uuid import UUID

import iso3166
from sqlmodel import Session, select

from integrations.airline import Cancellation, IdentityDocument, Money, Order, Passenger, Segment, Wish
from integrations.airline import Offer as OnOffer
from models.booking import Booking, JourneyPlan, Offer
from models.case import Case
from models.database import vault_of
from models.effect import Effect, EffectState
from models.person import Person
from models.travel_document import TravelDocument
from workflows.actions.people import opened, people_of, principal_of, subject_row
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Action, Letter, NotNow
from workflows.stages.flight_booking import best

TITLES = {"F": "ms", "M": "mr", "X": "mr"}


def wish(session: Session, case: Case, effect: Effect, facts: Facts) -> Wish:
    """What to look for."""
    plan = newest_plan(session, case)
    if plan is None:
        raise NotNow("no plan")
    born = [person.born_on for person in facts.people]
    on = plan.depart_on
    ages = tuple(on.year - day.year - ((on.month, on.day) < (day.month, day.day)) for day in born)
    return Wish(origin=plan.origin, destination=plan.destination, departs_on=on, ages=ages)


def newest_plan(session: Session, case: Case) -> JourneyPlan | None:
    """The journey plan in force."""
    rows = session.exec(select(JourneyPlan).where(JourneyPlan.case_id == case.id, JourneyPlan.journey == case.journey))
    return max(rows, key=lambda row: row.at, default=None)


def search(world: World, letter: Letter) -> tuple[OnOffer, ...]:
    """The cheapest first; a dozen are enough to choose from."""
    return world.airline.search(letter.body)[:12]


def searched(
    session: Session, case: Case, effect: Effect, letter: Letter, found: tuple[OnOffer, ...], now: datetime
) -> None:
    """Keep what is on offer; its flights are sealed."""
    rounds = session.exec(select(Offer.round).where(Offer.case_id == case.id, Offer.journey == case.journey)).all()
    effect.code = None if found else "no_offers"
    person = principal_of(session, case)
    for offer in found:
        row = Offer(
            case_id=case.id, at=now, by="airline", journey=case.journey, person_id=person.id, outside_id=offer.id,
            round=max(rounds, default=0) + 1, price=offer.price.amount, currency=offer.price.currency,
            expires_at=offer.expires_at, can_hold=offer.can_hold, connections=len(offer.segments) - 1,
        )  # fmt: skip
        vault_of(session).seal(row, flights=flights(offer.segments), passenger_ids=list(offer.passenger_ids))
        session.add(row)


def search_refused(session: Session, case: Case, effect: Effect, code: str, now: datetime) -> None:
    """Nothing to be had for this wish: a person changes the plan."""
    effect.code = "no_offers"


def flights(segments: tuple[Segment, ...]) -> list[dict[str, str]]:
    """Segments as they are sealed."""
    return [segment.model_dump(mode="json") for segment in segments]


def reservation(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The offer and who sits there. Names as they stand; the agency's own e-mail and phone, never the person's."""
    if effect.state in (EffectState.SENT, EffectState.UNKNOWN):
        return {}  # it is only looked up, by its key
    choice = best(facts, after=effect.generation - 1)
    if choice is None:
        raise NotNow("no live offer")
    offer = session.get_one(Offer, UUID(choice.id))
    ids = vault_of(session).open(offer, "passenger_ids")
    people = people_of(session, case)
    seats = [passenger(session, person, seat) for person, seat in zip(people, ids, strict=True)]
    return {"offer": offer.outside_id, "passengers": seats}


def passenger(session: Session, person: Person, outside_id: str) -> dict[str, Any]:
    """One passenger as the airline wants it, but for the agency's address."""
    known = opened(session, person)
    return {
        "id": outside_id,
        "title": TITLES[known["sex"]],
        "gender": "f" if known["sex"] == "F" else "m",
        "given_name": known["given_names"][:20],
        "family_name": known["family_name"][:20],
        "born_on": known["born_on"],
        "document": identity(session, person),
    }


def identity(session: Session, person: Person) -> IdentityDocument | None:
    """The newest passport."""
    rows = session.exec(
        select(TravelDocument).where(TravelDocument.person_id == person.id, TravelDocument.kind == "passport")
    ).all()
    if not rows:
        return None
    document = max(rows, key=lambda row: row.expires_on)
    number = vault_of(session).open(document, "number")
    return IdentityDocument(
        kind="passport", number=number, country=alpha2(document.country), expires_on=document.expires_on
    )


def alpha2(code: str) -> str:
    """A country's two letters from its three."""
    return str(iso3166.countries_by_alpha3[code].alpha2)


def hold(world: World, letter: Letter) -> Order:
    """Hold the seats without paying."""
    agency = {"email": world.settings.agency_email, "phone": world.settings.agency_phone, "infant_of": None}
    seats = tuple(Passenger(**seat, **agency) for seat in letter.body["passengers"])
    return world.airline.hold(letter.body["offer"], seats, key=letter.key)


def find_hold(world: World, letter: Letter) -> Order | None:
    """An order made under our key whose answer was lost."""
    return world.airline.find(letter.key)


def held(session: Session, case: Case, effect: Effect, letter: Letter, order: Order, now: datetime) -> None:
    """One booking of this journey and generation."""
    number = int(effect.subject.split(".")[1])
    row = Booking(
        case_id=case.id, at=now, by="airline", journey=effect.journey, person_id=principal_of(session, case).id,
        generation=number, route="api", outside_id=order.id, status=order.status.value, price=order.price.amount,
        currency=order.price.currency, pay_by=order.pay_by, looked_at=now,
    )  # fmt: skip
    effect.reference = order.id
    vault_of(session).seal(row, flights=flights(order.segments), locator=order.pnr, tickets=list(order.tickets))
    session.add(row)


def bill(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Which order, and the price that was decided on."""
    booking = subject_row(session, Booking, effect)
    return {"order": booking.outside_id, "price": Money(amount=booking.price, currency=booking.currency)}


def pay(world: World, letter: Letter) -> Order:
    """Pay exactly the price that was decided on; a dearer order is refused by the adapter."""
    return world.airline.pay(letter.body["order"], letter.body["price"], key=letter.key)


def find_payment(world: World, letter: Letter) -> Order | None:
    """Ticketed means paid."""
    order = world.airline.look_up(letter.body["order"])
    return order if order.status.value == "ticketed" else None


def look_up(world: World, letter: Letter) -> Order:
    """The order as it is."""
    return world.airline.look_up(letter.body["order"])


def looked(session: Session, case: Case, effect: Effect, letter: Letter, order: Order, now: datetime) -> None:
    """Take over what the airline says."""
    booking = subject_row(session, Booking, effect)
    booking.status, booking.looked_at, booking.recheck = order.status.value, now, False
    booking.pay_by = order.pay_by
    vault_of(session).seal(booking, flights=flights(order.segments), locator=order.pnr, tickets=list(order.tickets))


def cancel(world: World, letter: Letter) -> Cancellation:
    """Two steps: ask what comes back, then confirm. An order that is gone already is cancelled."""
    quote = world.airline.quote_cancellation(letter.body["order"])
    return world.airline.confirm_cancellation(quote.id)


def find_cancellation(world: World, letter: Letter) -> Order | None:
    """Whether the order is gone."""
    order = world.airline.look_up(letter.body["order"])
    return order if order.status.value in ("cancelled", "lapsed", "failed") else None


def cancelled(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """The seats are free; what comes back is kept."""
    booking = subject_row(session, Booking, effect)
    booking.status = "cancelled"
    refund = getattr(answer, "refund", None)
    booking.refund = refund.amount if refund else None


ACTIONS = (
    Action("search_flights", wish, search, searched, refuse=search_refused, reads=True),
    Action("hold_seats", reservation, hold, held, find_hold),
    Action("pay_ticket", bill, pay, looked, find_payment),
    Action("look_up_booking", bill, look_up, looked, reads=True),
    Action("cancel_booking", bill, cancel, cancelled, find_cancellation),
)
