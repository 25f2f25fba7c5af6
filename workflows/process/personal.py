"""What each action tells to whom, and which word of the person it stands on: the disclosures of the process.

``tests/structure`` fails when an action is in neither of the two lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from workflows.facts import Facts


@dataclass(frozen=True)
class Tells:
    """An action that carries personal data: to whom, what, and the person's word that it stands on."""

    recipient: str
    what: str
    consent: str


PERSONAL: Mapping[str, Tells] = {
    "send_identity": Tells("receiving partner", "names, birth dates, sex, phone, needs at reception", "transfer"),
    "send_arrival": Tells("receiving partner", "flights and meeting point", "transfer"),
    "send_plan": Tells("receiving partner", "what support was agreed, how much and when", "transfer"),
    "lodge_application": Tells("consulate", "names, birth date, nationality", "declaration"),
    "hold_seats": Tells("airline", "names, birth dates, document", "declaration"),
    "invite_to_examination": Tells("the person's safe channel", "nothing but a request to call", "contact"),
    "send_travel_day": Tells("the person's safe channel", "nothing but a request to call", "contact"),
    "send_check_in": Tells("the person's safe channel", "nothing but a question how they are", "contact"),
    "send_flight_change": Tells("the person's safe channel", "nothing but a request to call", "contact"),
}
IMPERSONAL: Mapping[str, str] = {
    "ask_country_input": "the area, age bands and needs, under a code of its own",
    "offer_handover": "an allow-listed preview without identity",
    "remind_partner": "a reference",
    "answer_partner": "what the counsellor wrote, which the form asks to keep without names",
    "answer_return": "a reference and a code",
    "open_incident": "nothing: it is written down in the house",
    "recall_handover": "a reference and a code",
    "look_up_handover": "a reference",
    "look_up_country_input": "a reference",
    "look_up_payment": "a reference",
    "look_up_application": "a reference",
    "withdraw_application": "a reference",
    "search_flights": "airports, a day, ages in years",
    "pay_ticket": "an order and a price",
    "look_up_booking": "an order",
    "accept_change": "an order",
    "cancel_booking": "an order",
    "order_payment": "a handover, an entitlement, an amount",
    "cancel_payment": "a reference",
    "reconcile_payments": "references",
}


def without_transfer(facts: Facts) -> Facts:
    """The person lets us tell no partner."""
    return replace(facts, may_share_with=frozenset())


def without_declaration(facts: Facts) -> Facts:
    """Nobody has signed that they want to travel."""
    return replace(facts, people=tuple(replace(person, declared_at=None) for person in facts.people))


def without_contact(facts: Facts) -> Facts:
    """No channel is safe: neither the hours of the one that is preferred nor any that follow-up would try next."""
    return replace(facts, contact_hours=None, intake=replace(facts.intake, channels=()))


WITHOUT: Mapping[str, Callable[[Facts], Facts]] = {
    "transfer": without_transfer,
    "declaration": without_declaration,
    "contact": without_contact,
}
