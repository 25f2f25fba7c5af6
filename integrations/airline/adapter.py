"""Duffel's flight API (v2) behind our contract: their paths, their codes, errors sorted by what to do next.

Creating an order is the dangerous call: an airline may take two minutes and there is no idempotency
key. 201 is an order; 200 and 202 are accepted but unreadable; 4xx and 502 ``order_not_created`` prove
that nothing was booked; everything else may have booked a seat and is ``OutcomeUnknown``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from integrations.airline.airports import UnknownAirport
from integrations.airline.contract import Cancellation, Money, Offer, Order, OrderStatus, Passenger, Wish
from integrations.airline.wire import KEY, cancellation_of, offer_of, order_of
from integrations.errors import OutcomeUnknown, PartnerError, PartnerRefused, PartnerUnavailable
from integrations.http import Answer, PartnerHttp

PARTNER = "airline"
ORDERS, PAYMENTS, CANCELLATIONS = "/air/orders", "/air/payments", "/air/order_cancellations"
ACCEPTED = {200: "booked_unread", 202: "accepted"}
NOTHING_HAPPENED = frozenset({"order_not_created"})
NOT_TAKEN = frozenset({429})  # a 503 on a change is no proof, so it stays unknown
UNPAYABLE = {OrderStatus.LAPSED: "hold_lapsed", OrderStatus.CANCELLED: "order_cancelled"}
OFFER_GONE = frozenset({"offer_expired", "offer_no_longer_available", "price_changed"})
BOOKED_BEFORE = frozenset(
    {"offer_request_already_booked", "order_creation_already_attempted", "duplicate_passenger_name"}
)
MAX_OFFERS, MAX_PAGES, ADULT = 200, 100, 18
SUPPLIER_TIMEOUT_MS = 20_000
Understood = TypeVar("Understood")


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class DuffelAirline:
    """``Airline`` over HTTP. ``timeout`` in seconds; ``page_size`` is how many rows a list page asks for."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        timeout: float = 130.0,
        page_size: int = 100,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        headers = {
            "Authorization": f"Bearer {token}",
            "Duffel-Version": "v2",
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Accept-Encoding": "gzip",
        }
        self._http = PartnerHttp(PARTNER, base_url, headers=headers, timeout=timeout)
        self._page_size, self._clock = page_size, clock

    def close(self) -> None:
        """Give the sockets back."""
        self._http.close()

    def search(self, wish: Wish) -> tuple[Offer, ...]:
        path = f"/air/offer_requests?return_offers=false&supplier_timeout={SUPPLIER_TIMEOUT_MS}"
        request = understood("search", data_of, self._ask("search", path, wanted(wish)))
        params = {"offer_request_id": understood("search", lambda r: str(r["id"]), request), "sort": "total_amount"}
        offers: list[Offer] = []
        for rows in self._pages("search", "/air/offers", params):
            offers += [understood("search", offer_of, row) for row in rows]
            if len(offers) >= MAX_OFFERS:
                break
        return tuple(sorted(offers[:MAX_OFFERS], key=lambda offer: offer.price.amount))

    def reprice(self, offer_id: str) -> Offer:
        answer = self._http.read("reprice", f"/air/offers/{offer_id}", params={"return_available_services": "true"})
        return understood("reprice", lambda a: offer_of(data_of(a)), answer)

    def hold(self, offer_id: str, passengers: tuple[Passenger, ...], *, key: str) -> Order:
        return self._book("hold", {"type": "hold"}, offer_id, passengers, key)

    def buy(self, offer_id: str, passengers: tuple[Passenger, ...], price: Money, *, key: str) -> Order:
        kind = {"type": "instant", "payments": [payment_of(price)]}
        return self._book("buy", kind, offer_id, passengers, key)

    def look_up(self, order_id: str) -> Order:
        return self._order("look_up", order_id)

    def find(self, key: str) -> Order | None:
        for rows in self._pages("find", ORDERS, {}):
            ours = [row for row in rows if understood("find", key_of, row) == key]
            if len(ours) > 1:
                raise PartnerRefused(PARTNER, "find", "two_orders_one_key")
            if ours:
                return understood("find", self._read_order, ours[0])
        return None

    def pay(self, order_id: str, price: Money, *, key: str) -> Order:
        # Duffel stores no token with a payment: the order is the key, for it can be paid only once.
        order = self._order("pay", order_id)
        if order.status in UNPAYABLE:
            raise PartnerRefused(PARTNER, "pay", UNPAYABLE[order.status])
        if order.status is not OrderStatus.HELD:
            return order
        if order.price != price:
            raise PartnerRefused(PARTNER, "pay", "price_changed")
        self._change("pay", PAYMENTS, {"order_id": order_id, "payment": payment_of(price)})
        return self._reread_paid(order_id)

    def quote_cancellation(self, order_id: str) -> Cancellation:
        answer = self._ask("quote_cancellation", CANCELLATIONS, {"order_id": order_id})
        return understood("quote_cancellation", lambda a: cancellation_of(data_of(a)), answer)

    def confirm_cancellation(self, cancellation_id: str) -> Cancellation:
        verb = "confirm_cancellation"
        answer = self._change(verb, f"{CANCELLATIONS}/{cancellation_id}/actions/confirm", None)
        return understood(verb, lambda a: cancellation_of(data_of(a)), answer, OutcomeUnknown)

    def _book(
        self, verb: str, kind: Mapping[str, Any], offer_id: str, passengers: Sequence[Passenger], key: str
    ) -> Order:
        travellers = travellers_of(verb, passengers)
        order = {**kind, "selected_offers": [offer_id], "passengers": travellers, "metadata": {KEY: key}}
        answer = self._change(verb, ORDERS, order)
        if answer.status != 201:
            raise OutcomeUnknown(PARTNER, verb, ACCEPTED.get(answer.status, f"http_{answer.status}"))
        return understood(verb, lambda a: self._read_order(data_of(a)), answer, OutcomeUnknown)

    def _order(self, verb: str, order_id: str) -> Order:
        answer = self._http.read(verb, f"{ORDERS}/{order_id}")
        return understood(verb, lambda a: self._read_order(data_of(a)), answer)

    def _reread_paid(self, order_id: str) -> Order:
        try:
            return self._order("pay", order_id)
        except PartnerError as error:  # the money has moved, so "again later" would be a lie
            raise OutcomeUnknown(PARTNER, "pay", error.code) from None

    def _read_order(self, body: Any) -> Order:
        return order_of(body, self._clock())

    def _change(self, verb: str, path: str, data: Any) -> Answer:
        body = None if data is None else {"data": data}
        return self._http.change(verb, path, json=body, harmless=NOTHING_HAPPENED, try_again=NOT_TAKEN)

    def _ask(self, verb: str, path: str, data: Any) -> Answer:
        """POST a question. It binds nobody, so an unknown outcome only means: ask again later."""
        try:
            return self._change(verb, path, data)
        except OutcomeUnknown as error:
            raise PartnerUnavailable(PARTNER, verb, error.code) from None

    def _pages(self, verb: str, path: str, params: Mapping[str, str]) -> Iterator[list[Any]]:
        after: dict[str, str] = {}
        for _ in range(MAX_PAGES):
            answer = self._http.read(verb, path, params={**params, "limit": self._page_size, **after})
            yield understood(verb, rows_of, answer)
            cursor = understood(verb, lambda a: a.body["meta"]["after"], answer)
            if cursor is None:
                return
            after = {"after": str(cursor)}
        raise PartnerRefused(PARTNER, verb, "too_many_pages")


def open_airline(base_url: str, token: str, *, timeout: float = 130.0) -> DuffelAirline:
    """The airline at ``base_url`` (real or simulated). ``timeout`` in seconds: airlines may take 120."""
    return DuffelAirline(base_url, token, timeout=timeout)
