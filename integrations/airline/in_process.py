"""The make-believe airline without a line to it, for simulations."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from integrations.airline import simulated_aftersales as aftersales
from integrations.airline import simulated_offers as offers
from integrations.airline import simulated_orders as orders
from integrations.airline.duffel import PARTNER, DuffelAirline
from integrations.airline.simulated_errands import Errand, Errands
from integrations.airline.simulated_orders import Magic
from integrations.airline.simulated_world import Json, Trouble, World, page
from integrations.in_process import Agenda, Asked, Deliver, Faults, InProcessHttp, Line

Pace = Callable[[float], timedelta]


class AgendaAirErrands(Errands):
    """The airline's errands on the agenda."""

    def __init__(self, agenda: Agenda, pace: Pace) -> None:
        super().__init__()
        self._agenda, self._pace = agenda, pace

    def add(self, seconds: float, errand: Errand) -> None:
        """Do it when the airline comes to it; and again when it says so."""

        def act() -> None:
            again = errand()
            if again is not None:
                self.add(again, errand)

        self._agenda.put(self._agenda.at + self._pace(seconds), act)


class AgendaWorld(World):
    """The airline's truth at the agenda's time."""

    agenda: Agenda

    def now(self) -> datetime:
        """The simulated instant."""
        return self.agenda.at


def open_in_process(
    agenda: Agenda, deliver: Deliver, pace: Pace, faults: Faults, *, secret: str, hook: str
) -> tuple[DuffelAirline, AgendaWorld]:
    """The adapter and the world behind it."""
    world = AgendaWorld(secret, hook, errands=AgendaAirErrands(agenda, pace), post=deliver)
    world.agenda = agenda
    return DuffelAirline(InProcessHttp(PARTNER, lambda asked: served(world, asked), faults)), world


def served(world: World, asked: Asked) -> tuple[int, Any]:
    """One request, by its path, as the simulator's doors do it."""
    try:
        return routed(world, asked)
    except Trouble as trouble:
        return trouble.status, {"errors": [{"type": trouble.kind, "code": trouble.code, "title": trouble.code}]}


def routed(world: World, asked: Asked) -> tuple[int, Any]:
    """Which verb. Raises Trouble and Line."""
    parts = asked.path.strip("/").split("/")[1:]
    match asked.method, parts:
        case "POST", ["offer_requests"]:
            return 201, {"data": offers.search(world, asked.json["data"])}
        case "GET", ["offers"]:
            return 200, listed(world, asked.query)
        case "GET", ["offers", offer]:
            return 200, {"data": offers.read_offer(world, offer)}
        case "POST", ["orders"]:
            return booked(*orders.create(world, asked.json["data"]))
        case "GET", ["orders"]:
            return 200, page(world.all_orders(), asked.query)
        case "GET", ["orders", order]:
            return 200, {"data": aftersales.read_order(world, order)}
        case _:
            return after_sale(world, asked, parts)


def after_sale(world: World, asked: Asked, parts: list[str]) -> tuple[int, Any]:
    """Payments and cancellations. Raises Trouble and Line."""
    match parts:
        case ["payments"]:
            magic, payment = aftersales.pay(world, asked.json["data"])
            if magic is Magic.PAYLOST:
                raise Line
            return 201, {"data": payment}
        case ["order_cancellations"]:
            return 201, {"data": aftersales.quote(world, asked.json["data"])}
        case ["order_cancellations", one, "actions", "confirm"]:
            return 200, {"data": aftersales.confirm(world, one)}
    raise Trouble(404, "not_found")


def listed(world: World, query: Mapping[str, str]) -> Json:
    """One page of offers, the cheapest first. Raises Trouble."""
    found = world.searches.get(query["offer_request_id"])
    if found is None:
        raise Trouble(404, "not_found")
    items = sorted((world.offers[one] for one in found), key=lambda one: Decimal(one["total_amount"]))
    return page(items, query)


def booked(magic: Magic | None, order: Json | None) -> tuple[int, Any]:
    """The answer to a booking, which some names make worse than the truth. Raises Line."""
    if order is None:
        return 202, {"data": {}}
    if magic is Magic.LOSTREPLY:
        raise Line
    if magic is Magic.BROKENREPLY:
        return 500, {"errors": [{"code": "internal_server_error"}]}
    return 201, {"data": order}
