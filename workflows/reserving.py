"""How a part of those who travel comes to seats: search, choose by the rules, let a dear price be approved, hold.

Somebody no airline system takes is booked by the travel desk.
"""

from datetime import datetime
from decimal import Decimal

from models.stage import Role
from workflows.facts import Booking, Effect, Facts, Offer
from workflows.offers import Ranked, ranked
from workflows.parties import parties, party_of
from workflows.patience import OPEN, ask, attempt
from workflows.standing import Asking, Doing, Party, Said, Standing, Waiting, say

# Refusals of an offer that is dead; any other refusal is the same for every offer, and a person's (ecosystem.md §4.1).
SEARCH_AGAIN = ("offer_expired", "offer_no_longer_available", "price_changed", "not_found")
NOT_PRINTABLE = ("name_too_long", "name_not_printable")
CAP_CURRENCY = "EUR"


def subject_of(*numbers: int, part: int) -> str:
    """What an effect or a question is about; the principal's part goes without saying."""
    return ".".join(str(number) for number in (numbers if part == 1 else (*numbers, part)))


def reserve(facts: Facts, part: int, generation: int) -> Standing:
    """Find an offer and hold it; or the travel desk books. What may exist already comes first."""
    subject = subject_of(facts.journey, generation, part=part)
    hold = facts.effect("hold_seats", subject)
    if hold and hold.state in OPEN:
        trying = attempt(facts, "hold_seats", subject, say("booking.hold"), Party.AIRLINE)
        if trying and (hold.state != "intended" or not isinstance(trying, Doing)):
            return trying
    if facts.plan_of_journey and facts.plan_of_journey.depart_on < facts.now.date():
        return ask(facts, Role.MOVEMENT_OFFICER, "journey_plan", say("booking.no_plan"))
    desk = needs_desk(facts, part, hold)
    if desk:
        return ask(facts, Role.MOVEMENT_OFFICER, "desk_booking", desk, subject=subject_of(generation, part=part))
    return choose(facts, part, subject, hold)


def choose(facts: Facts, part: int, subject: str, hold: Effect | None) -> Standing:
    """Hold the best offer, if there is one and it may cost so much. A try that did nothing keeps its key."""
    seen = newest_choice(facts, part)
    dear = too_dear(facts, seen.price, seen.currency) if seen else None
    if dear:
        return (
            dear  # asked on, though the offer ends in minutes: an approval is for a price, and then it is searched anew
        )
    offer = best(facts, part)
    if offer is None:
        return looking(facts, part)
    done = 0 if hold is None else hold.generation - (hold.state == "intended")
    return Doing("hold_seats", subject, say("booking.hold"), generation=done + 1)


def too_dear(facts: Facts, price: Decimal, currency: str, booking: Booking | None = None) -> Asking | None:
    """A supervisor approves what is above the cap, in another currency, or dearer than it was when held (F18).

    An approval holds for one currency, for the plan that was searched for, and for the price as it stood then.
    """
    in_cap = currency == CAP_CURRENCY and price <= facts.rules.number("price_cap")
    repriced = booking.repriced_at if booking else None
    if in_cap and repriced is None:
        return None
    since = max([moment for moment in (repriced, plan_at(facts)) if moment], default=None)
    if any(
        word.currency == currency and word.up_to >= price and (since is None or word.at >= since)
        for word in facts.travel.approvals
    ):
        return None
    values = {"price": f"{price} {currency}"}
    why = say("booking.dear", **values) if repriced is None else say("booking.repriced", **values)
    return ask(facts, Role.SUPERVISOR, "price_approval", why, subject=booking.id if booking and repriced else "")


def plan_at(facts: Facts) -> datetime | None:
    """Since when the plan holds that offers are searched for."""
    return facts.plan_of_journey.at if facts.plan_of_journey else None


def needs_desk(facts: Facts, part: int, hold: Effect | None) -> Said | None:
    """Why a person must book: a laissez-passer, a name or a number no airline takes, a refusal, too many refusals."""
    people = party_of(facts, part)
    if any(document.kind == "laissez_passer" for person in people for document in person.documents):
        return say("booking.desk")
    if len(people) > facts.rules.number("seats_together"):
        return say("booking.too_many")
    if hold is None or hold.state not in ("rejected", "absent"):
        return None
    if hold.code in NOT_PRINTABLE:
        return say("booking.name")
    for_good = hold.state == "rejected" and hold.code not in SEARCH_AGAIN
    return say("booking.refused") if for_good or hold.generation >= facts.rules.number("holds") else None


def best(facts: Facts, part: int = 1) -> Offer | None:
    """The first of the ranked offers that can be held and still lives; None when the newest search is used up."""
    live = next((one.offer for one in allowed(facts, part) if one.offer.expires_at > facts.now), None)
    return live if newest_choice(facts, part) else None


def newest_choice(facts: Facts, part: int) -> Offer | None:
    """The first of the ranked offers of an unused search that can be held, whether it still lives or not."""
    choice = next((one.offer for one in allowed(facts, part)), None)
    newest = max((offer.round for offer in facts.offers if offer.part == part), default=0)
    return choice if is_fresh(facts, part, newest) else None


def allowed(facts: Facts, part: int) -> list[Ranked]:
    """What the rules of routes and the airline let us hold."""
    return [one for one in ranked(facts, part) if one.offer.can_hold and not one.against]


def is_fresh(facts: Facts, part: int, newest: int) -> bool:
    """Nothing of the newest search was tried, and the plan has not changed since: a search can be booked once.

    Each try uses up a search, so there must also be more searches than tries; instants may be equal.
    """
    tries = [effect.at for effect in facts.effects if was_tried(facts, part, effect)]
    search, plan = search_of(facts, part), plan_at(facts)
    if newest <= len(tries) or (search and search.code == "no_offers"):
        return False
    return search is None or search.at >= max([*tries, plan] if plan else tries, default=search.at)


def was_tried(facts: Facts, part: int, effect: Effect) -> bool:
    """A hold of this journey and part that the airline may have seen."""
    holds = (effect.action, effect.journey) == ("hold_seats", facts.journey)
    mine = holds and part_of(effect.subject) == part  # other actions name other things in their subjects
    return mine and effect.state != "void" and (effect.state != "intended" or effect.attempts > 0)


def part_of(subject: str) -> int:
    """Whose seats an effect is about: journey, generation and, but for the principal's, the part."""
    numbers = subject.split(".")
    return int(numbers[2]) if len(numbers) > 2 else 1


def search_of(facts: Facts, part: int) -> Effect | None:
    """The search of this part."""
    return facts.effect("search_flights", subject_of(facts.journey, part=part))


def looking(facts: Facts, part: int) -> Standing:
    """Search; when nothing is on offer that may be held a movement officer changes the plan."""
    newest = max((offer.round for offer in facts.offers if offer.part == part), default=0)
    search = search_of(facts, part)
    trouble = nothing_found(facts, part, search)
    if trouble:
        return ask(facts, Role.MOVEMENT_OFFICER, "journey_plan", trouble, subject=subject_of(newest, part=part))
    if search and search.next_try_at and search.next_try_at > facts.now:
        return Waiting(Party.AIRLINE, say("partner.unavailable"), search.next_try_at, say("then.try_again"))
    return Doing("search_flights", subject_of(facts.journey, part=part), say("booking.search"))


def nothing_found(facts: Facts, part: int, search: Effect | None) -> Said | None:
    """Why the newest search for this plan leads nowhere: nothing on offer, or nothing that the rules allow."""
    plan = plan_at(facts)
    if search is None or plan is None or search.state == "intended" or search.at <= plan:
        return None
    if search.code == "no_offers":
        many = len(party_of(facts, part)) > 1 or len(parties(facts)) > 1
        return say("booking.no_offers_together") if many else say("booking.no_offers")
    found = ranked(facts, part)
    if found and is_fresh(facts, part, found[0].offer.round) and not allowed(facts, part):
        return next((one.against[0] for one in found if one.against), say("booking.no_offers"))
    return None
