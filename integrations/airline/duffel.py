"""``Airline`` spoken to Duffel (API v2). What a reply means for money and seats is decided here."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from integrations.airline.airports import UnknownAirport
from integrations.airline.contract import Cancellation, Money, Offer, Order, OrderStatus, Passenger, Wish
from integrations.airline.requests import order_wanted, payment_wanted, wish_wanted
from integrations.airline.wire import KEY, cancellation_of, moved_by, offer_of, order_of
from integrations.errors import OutcomeUnknown, PartnerError, PartnerRefused, PartnerUnavailable
from integrations.http import Answer, PartnerHttp

PARTNER = "airline"
PAGE = 50  # 200 offers in one page would be more than the 2 MB we read
MOST_OFFERS = 200
MOST_ORDERS = 5000
SEARCH_SECONDS = 30.0  # the airlines get 20 of them
# Only these say for certain that an order was not made; any other "try again" may hide a booking.
NOTHING_HAPPENED = frozenset(
    {"order_not_created", "rate_limit_exceeded", "http_429", "ConnectError", "ConnectTimeout", "PoolTimeout"}
)
UNPAYABLE = {
    OrderStatus.LAPSED: "hold_lapsed",
    OrderStatus.CANCELLED: "order_cancelled",
    OrderStatus.AIRLINE_CANCELLED: "order_cancelled",
}

T = TypeVar("T")


def open_airline(base_url: str, token: str, *, timeout: float = 130.0) -> "DuffelAirline":
    """Connect to Duffel (or its simulator). Airlines may take 120 s to book, hence the long time-out."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Duffel-Version": "v2",
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
    }
    return DuffelAirline(PartnerHttp(PARTNER, base_url, headers=headers, timeout=timeout), timeout=timeout)


class DuffelAirline:
    """See ``Airline`` for what each verb promises and which errors it may raise."""

    def __init__(self, http: PartnerHttp, *, timeout: float = 130.0) -> None:
        self._http = http
        self._search_seconds = min(timeout, SEARCH_SECONDS)

    def close(self) -> None:
        """Give the sockets back."""
        self._http.close()

    def search(self, wish: Wish) -> tuple[Offer, ...]:
        """Find fares, cheapest first. Raises PartnerUnavailable or PartnerRefused."""
        path = "/air/offer_requests?return_offers=false&supplier_timeout=20000"
        answer = self._harmless("search", path, wish_wanted(wish), timeout=self._search_seconds)
        request_id = understood("search", lambda: str(data_of(answer)["id"]))
        query = {"offer_request_id": request_id, "sort": "total_amount"}
        theirs = list(self._pages("search", "/air/offers", query, MOST_OFFERS))
        offers = understood("search", lambda: [offer_of(one) for one in theirs])
        return tuple(sorted(offers, key=lambda offer: offer.price.amount))

    def reprice(self, offer_id: str) -> Offer:
        """Read an offer again. Raises PartnerUnavailable or PartnerRefused."""
        answer = self._http.read("reprice", f"/air/offers/{quote(offer_id, safe='')}")
        return understood("reprice", lambda: offer_of(data_of(answer)))

    def hold(self, offer_id: str, passengers: tuple[Passenger, ...], *, key: str, now: datetime) -> Order:
        """Keep seats without paying. Raises all three errors, see ``Airline.hold``."""
        return self._book("hold", order_wanted(offer_id, passengers, key), now)

    def buy(self, offer_id: str, passengers: tuple[Passenger, ...], price: Money, *, key: str, now: datetime) -> Order:
        """Book and pay at once. Raises all three errors, see ``Airline.hold``."""
        return self._book("buy", order_wanted(offer_id, passengers, key, price), now)

    def look_up(self, order_id: str, *, now: datetime) -> Order:
        """Read a booking. Raises PartnerUnavailable or PartnerRefused."""
        return self._order("look_up", order_id, now)

    def find(self, key: str, *, now: datetime) -> Order | None:
        """Look for the booking made under ``key``. Raises PartnerUnavailable or PartnerRefused."""
        theirs = list(self._pages("find", "/air/orders", {}, MOST_ORDERS + 1))
        # An order made while we turn the pages pushes others onto the next page: they come twice.
        found = list({one.get("id"): one for one in theirs if key_in(one) == key}.values())
        if len(found) > 1:
            raise PartnerRefused(PARTNER, "find", "two_orders_one_key")
        if not found and len(theirs) > MOST_ORDERS:
            raise PartnerRefused(PARTNER, "find", "too_many_orders")
        return understood("find", lambda: order_of(found[0], now)) if found else None

    def pay(self, order_id: str, price: Money, *, key: str, now: datetime) -> Order:
        """Pay for a hold. Duffel has no place for ``key`` in a payment; an order is paid once anyway.

        Raises all three errors, see ``Airline.pay``.
        """
        order = self._order("pay", order_id, now)
        if order.status in UNPAYABLE:
            raise PartnerRefused(PARTNER, "pay", UNPAYABLE[order.status])
        if order.status is not OrderStatus.HELD:
            return order
        if order.price != price:
            raise PartnerRefused(PARTNER, "pay", "price_changed")
        answer = self._sent_once("pay", "/air/payments", payment_wanted(order_id, price))
        if isinstance(answer.body, dict) and (answer.body.get("data") or {}).get("status") == "failed":
            raise PartnerRefused(PARTNER, "pay", "payment_failed")
        return self._after_the_fact("pay", order_id, now)

    def accept_changes(self, order_id: str, *, now: datetime) -> Order:
        """Accept the airline's new times, one open change after the other. Raises all three errors."""
        verb = "accept_changes"
        answer = self._http.read(verb, f"/air/orders/{quote(order_id, safe='')}")
        for change in understood(verb, lambda: moved_by(data_of(answer))):
            path = f"/air/airline_initiated_changes/{quote(change, safe='')}/actions/accept"
            self._sent_once(verb, path, None)
        return self._after_the_fact(verb, order_id, now)

    def quote_cancellation(self, order_id: str) -> Cancellation:
        """Ask what cancelling would give back. Raises PartnerUnavailable or PartnerRefused."""
        verb = "quote_cancellation"
        answer = self._harmless(verb, "/air/order_cancellations", {"order_id": order_id})
        return understood(verb, lambda: cancellation_of(data_of(answer)))

    def confirm_cancellation(self, cancellation_id: str) -> Cancellation:
        """Cancel for good. Raises all three errors."""
        verb = "confirm_cancellation"
        path = f"/air/order_cancellations/{quote(cancellation_id, safe='')}/actions/confirm"
        answer = self._sent_once(verb, path, None)
        return certain(verb, lambda: cancellation_of(data_of(answer)))

    def _book(self, verb: str, wanted: Any, now: datetime) -> Order:
        answer = self._sent_once(verb, "/air/orders", wanted)
        if answer.status != 201:  # 200: booked but not readable yet; 202: not decided yet
            raise OutcomeUnknown(PARTNER, verb, "accepted_not_done")
        return certain(verb, lambda: order_of(data_of(answer), now))

    def _sent_once(self, verb: str, path: str, wanted: Any) -> Answer:
        body = None if wanted is None else {"data": wanted}
        try:
            return self._http.change(verb, path, json=body, harmless=frozenset({"order_not_created"}))
        except PartnerUnavailable as error:
            if error.code in NOTHING_HAPPENED:
                raise
            raise OutcomeUnknown(PARTNER, verb, error.code) from None

    def _harmless(self, verb: str, path: str, wanted: Any, *, timeout: float | None = None) -> Answer:
        """A POST that binds nobody: whatever went wrong, it may be sent again."""
        try:
            return self._http.change(verb, path, json={"data": wanted}, timeout=timeout)
        except OutcomeUnknown as error:
            raise PartnerUnavailable(PARTNER, verb, error.code) from None

    def _order(self, verb: str, order_id: str, now: datetime) -> Order:
        answer = self._http.read(verb, f"/air/orders/{quote(order_id, safe='')}")
        return understood(verb, lambda: order_of(data_of(answer), now))

    def _after_the_fact(self, verb: str, order_id: str, now: datetime) -> Order:
        """Read what we changed; not being able to read it does not undo it."""
        try:
            return self._order(verb, order_id, now)
        except PartnerError:
            raise OutcomeUnknown(PARTNER, verb, "done_not_readable") from None

    def _pages(self, verb: str, path: str, query: dict[str, str], most: int) -> Iterator[Any]:
        """The items of a list, page after page, at most ``most``."""
        after: str | None = None
        count = 0
        while count < most:
            asked = query | {"limit": str(PAGE)} | ({"after": after} if after else {})
            answer = self._http.read(verb, f"{path}?{urlencode(asked)}")
            items, after = understood(verb, lambda got=answer: page_of(got))  # type: ignore[misc]
            yield from items[: most - count]
            count += len(items)
            if not after or not items:
                return


def data_of(answer: Answer) -> Any:
    """What is inside Duffel's envelope. Raises KeyError or TypeError."""
    return answer.body["data"]


def page_of(answer: Answer) -> tuple[list[Any], str | None]:
    return list(data_of(answer)), answer.body["meta"]["after"]


def key_in(order: Any) -> str | None:
    metadata = order.get("metadata") if isinstance(order, dict) else None
    return metadata.get(KEY) if isinstance(metadata, dict) else None


def understood(verb: str, reading: Callable[[], T]) -> T:
    """Read an answer that changed nothing. Raises PartnerRefused: asking again gives the same answer."""
    try:
        return reading()
    except (ValueError, KeyError, TypeError, UnknownAirport):
        raise PartnerRefused(PARTNER, verb, "unreadable_answer") from None


def certain(verb: str, reading: Callable[[], T]) -> T:
    """Read the answer to a change. Raises OutcomeUnknown: it happened, but we cannot tell what."""
    try:
        return understood(verb, reading)
    except PartnerRefused as error:
        raise OutcomeUnknown(PARTNER, verb, error.code) from None
