"""Searches, holds, pays and cancels seats. A lost call is looked up by our key, never repeated blindly."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from integrations.airline import BOOKED_BEFORE, Cancellation, Money, Order, OrderStatus, Passenger, Segment, Wish
from integrations.airline import Offer as OnOffer
from integrations.errors import OutcomeUnknown, PartnerError, PartnerRefused
from models.booking import Booking, JourneyPlan, Offer, ScheduleChange, seat, stands
from models.case import Case
from models.database import vault_of
from models.effect import Effect, EffectState
from models.event import append
from models.person import Person
from workflows.actions.disclosure import on_the_declaration
from workflows.actions.flight_passengers import ages, bookable, seats
from workflows.actions.people import people_of, principal_of, subject_row
from workflows.actions.ticket_money import back, bought
from workflows.facts import Facts
from workflows.gather import gather
from workflows.house import World
from workflows.ledger import Action, Letter, NotNow
from workflows.offers import ranked
from workflows.parties import party_of
from workflows.reserving import best, part_of

PAID = (OrderStatus.TICKETED, OrderStatus.PENDING)
GONE = (OrderStatus.CANCELLED, OrderStatus.LAPSED, OrderStatus.FAILED)


def wish(session: Session, case: Case, effect: Effect, facts: Facts) -> Wish:
    """What to look for."""
    plan = newest_plan(session, case)
    aged = ages(party_of(facts, searched_part(effect)), plan.depart_on)
    return Wish(origin=plan.origin, destination=plan.destination, departs_on=plan.depart_on, ages=aged)


def searched_part(effect: Effect) -> int:
    """Whose seats are searched for: the journey and, but for the principal's, the part."""
    numbers = effect.subject.split(".")
    return int(numbers[1]) if len(numbers) > 1 else 1


def newest_plan(session: Session, case: Case) -> JourneyPlan:
    """The journey plan in force. Raises NotNow."""
    rows = session.exec(select(JourneyPlan).where(JourneyPlan.case_id == case.id, JourneyPlan.journey == case.journey))
    plan = max(rows, key=lambda row: row.at, default=None)
    if plan is None:
        raise NotNow("no plan")
    return plan


def search(world: World, letter: Letter) -> tuple[OnOffer, ...]:
    """The cheapest first; a dozen are enough to choose from."""
    return world.airline.search(letter.body)[:12]


def searched(
    session: Session, case: Case, effect: Effect, letter: Letter, found: tuple[OnOffer, ...], now: datetime
) -> None:
    """Keep what is on offer; its flights are sealed."""
    part = searched_part(effect)
    mine = select(Offer.round).where(Offer.case_id == case.id, Offer.journey == case.journey, Offer.part == part)
    rounds = session.exec(mine).all()
    effect.code = None if any(offer.can_hold for offer in found) else "no_offers"
    person = principal_of(session, case)
    for offer in found:
        row = Offer(
            case_id=case.id, at=now, by="airline", journey=case.journey, person_id=person.id, outside_id=offer.id,
            part=part, round=max(rounds, default=0) + 1, price=offer.price.amount, currency=offer.price.currency,
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
    """The offer and who sits there."""
    if effect.state in (EffectState.SENT, EffectState.UNKNOWN):
        return {"now": facts.now}  # it is only looked up, by its key
    part = part_of(effect.subject)
    choice = best(facts, part)
    if choice is None:
        raise NotNow("no live offer")
    offer = session.get_one(Offer, UUID(choice.id))
    ids = vault_of(session).open(offer, "passenger_ids")
    aged = ages(party_of(facts, part), newest_plan(session, case).depart_on)
    entries = seats(session, party_rows(session, case, facts, part), ids, aged)
    effect.reference = choice.id
    return {"offer": offer.outside_id, "passengers": entries, "now": facts.now}


def party_rows(session: Session, case: Case, facts: Facts, part: int) -> list[Person]:
    """The people of one part, in the order of the facts."""
    ids = {person.id for person in party_of(facts, part)}
    return [person for person in people_of(session, case) if str(person.id) in ids]


def hold(world: World, letter: Letter) -> Order:
    """Hold the seats without paying. A refusal that hints at an order of ours is not taken for a no (S2)."""
    said = letter.body
    try:
        return world.airline.hold(said["offer"], bookable(world, said["passengers"]), key=letter.key, now=said["now"])
    except PartnerRefused as refusal:
        if refusal.code not in BOOKED_BEFORE:
            raise
        return booked_before(world, letter, refusal.code)


def booked_before(world: World, letter: Letter, code: str) -> Order:
    """The order that a refusal hints at. Raises OutcomeUnknown: a list may lag, so it is looked for again later."""
    try:
        order = find_hold(world, letter)
    except PartnerError as error:
        raise OutcomeUnknown("airline", "hold", error.code) from None
    if order is None:
        raise OutcomeUnknown("airline", "hold", code)
    return order


def find_hold(world: World, letter: Letter) -> Order | None:
    """An order made under our key whose answer was lost."""
    return world.airline.find(letter.key, now=letter.body["now"])


def held(session: Session, case: Case, effect: Effect, letter: Letter, order: Order, now: datetime) -> None:
    """One booking of this journey, part and generation, with a seat for each person and why it was chosen."""
    facts, part, number = gather(session, case, now), part_of(effect.subject), int(effect.subject.split(".")[1])
    chosen = next((one.codes for one in ranked(facts, part) if one.offer.id == effect.reference), [])
    row = Booking(
        case_id=case.id, at=now, by="airline", journey=effect.journey, person_id=principal_of(session, case).id,
        part=part, generation=number, route="api", outside_id=order.id, status=order.status.value,
        price=order.price.amount, currency=order.price.currency, pay_by=order.pay_by, looked_at=now, chosen_for=chosen,
    )  # fmt: skip
    effect.reference = order.id
    vault_of(session).seal(row, flights=flights(order.segments), locator=order.pnr, tickets=list(order.tickets))
    session.add(row)
    session.flush()
    seat(session, row, [person.id for person in party_rows(session, case, facts, part)])
    stands(session, row, order.status.value)
    append(session, case.ref, "booking.chosen", "sila", now, booking=str(row.id), part=part, reasons=chosen)


def bill(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Which order, and the price that was decided on."""
    booking = subject_row(session, Booking, effect)
    price = Money(amount=booking.price, currency=booking.currency)
    return {"order": booking.outside_id, "price": price, "now": facts.now}


def pay(world: World, letter: Letter) -> Order:
    """Pay exactly the price that was decided on; a dearer order is refused by the adapter."""
    return world.airline.pay(letter.body["order"], letter.body["price"], key=letter.key, now=letter.body["now"])


def find_payment(world: World, letter: Letter) -> Order | None:
    """Ticketed means paid, and so does pending: an order that waits for its money is held."""
    order = look_up(world, letter)
    return order if order.status in PAID else None


def look_up(world: World, letter: Letter) -> Order:
    """The order as it is."""
    return world.airline.look_up(letter.body["order"], now=letter.body["now"])


def looked(session: Session, case: Case, effect: Effect, letter: Letter, order: Order, now: datetime) -> None:
    """Take over what the airline says."""
    booking = subject_row(session, Booking, effect)
    reprice(booking, order, now)
    note_change(session, booking, order, now)
    stands(session, booking, order.status.value)
    booking.looked_at, booking.recheck, booking.pay_by = now, False, order.pay_by
    vault_of(session).seal(booking, flights=flights(order.segments), locator=order.pnr, tickets=list(order.tickets))
    if order.status in PAID:
        bought(session, booking, now)


def reprice(booking: Booking, order: Order, now: datetime) -> None:
    """A hold that costs something else now. Dearer, or in another currency, it is a supervisor's to decide (F18)."""
    if booking.status != "held":
        return
    if order.price.currency != booking.currency or order.price.amount > booking.price:
        booking.repriced_at = now
    booking.price, booking.currency = order.price.amount, order.price.currency


def note_change(session: Session, booking: Booking, order: Order, now: datetime) -> None:
    """A ticketed flight that leaves or lands at another time than we knew (F19)."""
    before = vault_of(session).open(booking, "flights") or []
    after = flights(order.segments)
    if booking.status != "ticketed" or not before or not after or order.status is not OrderStatus.TICKETED:
        return
    minutes = max(apart_by(before[at], after[at], name) for at, name in ((0, "departs_at"), (-1, "arrives_at")))
    if minutes:
        session.add(
            ScheduleChange(
                case_id=booking.case_id, at=now, by="airline", journey=booking.journey, booking_id=booking.id,
                minutes=minutes,
            )
        )  # fmt: skip


def apart_by(before: dict[str, str], after: dict[str, str], name: str) -> int:
    """Minutes between two instants."""
    gap = datetime.fromisoformat(after[name]) - datetime.fromisoformat(before[name])
    return abs(round(gap.total_seconds() / 60))


def look_refused(session: Session, case: Case, effect: Effect, code: str, now: datetime) -> None:
    """Nothing was learned; asking again at once would give the same answer."""
    booking = subject_row(session, Booking, effect)
    booking.looked_at, booking.recheck = now, False


def accept(world: World, letter: Letter) -> Order:
    """Tell the airline that its new times are taken."""
    return world.airline.accept_changes(letter.body["order"], now=letter.body["now"])


def accepted(session: Session, case: Case, effect: Effect, letter: Letter, order: Order, now: datetime) -> None:
    """The airline knows; what was moved before is thereby settled too."""
    looked(session, case, effect, letter, order, now)
    booking = subject_row(session, Booking, effect)
    for row in session.exec(select(ScheduleChange).where(ScheduleChange.booking_id == booking.id)):
        if row.accepted is None:
            row.accepted, row.decided_by = True, row.decided_by or "sila"


def cancel(world: World, letter: Letter) -> Cancellation | Order:
    """Two steps: ask what comes back, then confirm. An order that is gone already is cancelled."""
    try:
        quote = world.airline.quote_cancellation(letter.body["order"])
    except PartnerRefused:
        gone = find_cancellation(world, letter)
        if gone is None:
            raise
        return gone
    return world.airline.confirm_cancellation(quote.id)


def find_cancellation(world: World, letter: Letter) -> Order | None:
    """Whether the order is gone. One that only the airline took away still has its money to give back."""
    order = look_up(world, letter)
    return order if order.status in GONE else None


def cancelled(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
    """The seats are free; what comes back is kept, and that it was the airline who took the flight away."""
    booking = subject_row(session, Booking, effect)
    if booking.status != OrderStatus.AIRLINE_CANCELLED:
        stands(session, booking, "cancelled")
    back(session, booking, answer, now)


TOLD = on_the_declaration("airline", "seats", lambda said: said["passengers"], Passenger.model_fields)
ACTIONS = (
    Action("search_flights", wish, search, searched, refuse=search_refused, reads=True),
    Action("hold_seats", reservation, hold, held, find_hold, disclose=TOLD),
    Action("pay_ticket", bill, pay, looked, find_payment),
    Action("look_up_booking", bill, look_up, looked, refuse=look_refused, reads=True),
    Action("accept_change", bill, accept, accepted, accept),
    Action("cancel_booking", bill, cancel, cancelled, find_cancellation),
)
