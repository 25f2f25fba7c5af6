"""Replies no simulator gives: each status of the dangerous call, unknown codes, drifted JSON, every order status."""

import json
import threading
import time
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from integrations.airline import Money, OrderStatus, open_airline
from integrations.airline.wire import order_of
from integrations.errors import OutcomeUnknown, PartnerRefused, PartnerUnavailable

NOW = datetime(2030, 1, 1, tzinfo=UTC)
FLIGHT = {
    "marketing_carrier": {"iata_code": "ZZ"},
    "marketing_carrier_flight_number": "101",
    "origin": {"iata_code": "MUC"},
    "destination": {"iata_code": "IST"},
    "departing_at": "2030-02-01T08:00:00",
    "arriving_at": "2030-02-01T12:30:00",
}
ORDER = {
    "id": "ord_1",
    "booking_reference": "ABC123",
    "total_amount": "90.80",
    "total_currency": "EUR",
    "metadata": {"sila_key": "k"},
    "payment_status": {"awaiting_payment": True, "payment_required_by": "2030-01-04T00:00:00Z"},
    "cancelled_at": None,
    "documents": [],
    "slices": [{"segments": [FLIGHT]}],
    "airline_initiated_changes": [],
}
PRICE = Money(amount=Decimal("90.80"), currency="EUR")
PAID = {"payment_status": {"awaiting_payment": False, "payment_required_by": None}}
TICKETS = {"documents": [{"type": "electronic_ticket", "unique_identifier": "1"}]}


def error(code):
    return {"errors": [{"type": "x", "code": code, "title": "A Person", "message": "A Person"}], "meta": {}}


@pytest.fixture
def scripted(clocked):
    """An airline that answers exactly what ``replies`` says, one after the other."""
    replies, asked = [], []

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            asked.append((self.command, self.path, self.rfile.read(int(self.headers.get("content-length") or 0))))
            status, body = replies.pop(0)
            time.sleep(body.pop("wait", 0) if isinstance(body, dict) else 0)
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(raw)

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    client = open_airline(f"http://127.0.0.1:{server.server_port}", "t", timeout=0.5)
    scripted = clocked(client, lambda: NOW)
    scripted.replies, scripted.asked = replies, asked
    yield scripted
    client.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "code", "kind", "shown"),
    [
        (502, "order_not_created", PartnerUnavailable, "order_not_created"),
        (502, "bad_gateway", OutcomeUnknown, "bad_gateway"),
        (500, "internal_server_error", OutcomeUnknown, "internal_server_error"),
        (503, "service_unavailable", OutcomeUnknown, "service_unavailable"),
        (504, "gateway_timeout_error", OutcomeUnknown, "gateway_timeout_error"),
        (429, "rate_limit_exceeded", PartnerUnavailable, "rate_limit_exceeded"),
        (422, "offer_expired", PartnerRefused, "offer_expired"),
        (422, "insufficient_balance", PartnerRefused, "insufficient_balance"),
        (422, "a_code_invented_tomorrow", PartnerRefused, "a_code_invented_tomorrow"),
        (418, "A Person said no", PartnerRefused, "http_418"),
        (302, "moved", OutcomeUnknown, "moved"),
    ],
)
def test_every_reply_to_a_booking(scripted, people_of_one, status, code, kind, shown):
    scripted.replies.append((status, error(code)))
    with pytest.raises(kind) as raised:
        scripted.hold("off_1", people_of_one, key="k")
    assert type(raised.value) is kind
    assert raised.value.code == shown
    assert "Person" not in str(raised.value)
    assert len(scripted.asked) == 1


@pytest.fixture
def people_of_one(people):
    class Offered:
        passenger_ids = ("pas_1",)

    return people(Offered)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, {"data": {}}, "accepted_not_done"),
        (202, {"data": {}}, "accepted_not_done"),
        (202, b"", "accepted_not_done"),
        (201, b"", "unreadable_answer"),
        (201, {"data": {"id": "ord_1"}}, "unreadable_answer"),
        (201, b"<html>", "ValueError"),
        (201, {"wait": 0.8}, "ReadTimeout"),
    ],
)
def test_a_booking_we_cannot_read_is_unknown(scripted, people_of_one, status, body, code):
    scripted.replies.append((status, body))
    with pytest.raises(OutcomeUnknown) as raised:
        scripted.hold("off_1", people_of_one, key="k")
    assert raised.value.code == code


def test_a_payment_read_back_in_vain_is_unknown(scripted):
    scripted.replies += [(200, {"data": ORDER}), (201, {"data": {"id": "pay_1"}}), (503, error("x"))]
    with pytest.raises(OutcomeUnknown, match="done_not_readable"):
        scripted.pay("ord_1", PRICE, key="p")


def test_a_failed_payment_is_refused(scripted):
    scripted.replies += [(200, {"data": ORDER}), (201, {"data": {"id": "pay_1", "status": "failed"}})]
    with pytest.raises(PartnerRefused, match="payment_failed"):
        scripted.pay("ord_1", PRICE, key="p")


def test_the_payment_is_what_was_agreed(scripted):
    paid = ORDER | PAID | TICKETS
    scripted.replies += [(200, {"data": ORDER}), (201, {"data": {"id": "pay_1"}}), (200, {"data": paid})]
    assert scripted.pay("ord_1", PRICE, key="p").status is OrderStatus.TICKETED
    sent = json.loads(scripted.asked[1][2])["data"]
    assert sent == {"order_id": "ord_1", "payment": {"type": "balance", "amount": "90.80", "currency": "EUR"}}


def test_an_id_cannot_leave_its_place(scripted):
    scripted.replies.append((404, error("not_found")))
    with pytest.raises(PartnerRefused):
        scripted.look_up("../payments?x=1")
    assert scripted.asked[0][1] == "/air/orders/..%2Fpayments%3Fx%3D1"


CANCELLED = {"cancelled_at": "2030-01-01T00:00:00Z"}
TAKEN_AWAY = {"airline_initiated_changes": [{"action_taken": None, "added": []}]}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, OrderStatus.HELD),
        (PAID, OrderStatus.PENDING),
        (PAID | TICKETS, OrderStatus.TICKETED),
        (CANCELLED, OrderStatus.CANCELLED),
        (PAID | TICKETS | CANCELLED, OrderStatus.CANCELLED),
        (PAID | TICKETS | TAKEN_AWAY, OrderStatus.AIRLINE_CANCELLED),
        (PAID | TICKETS | TAKEN_AWAY | CANCELLED, OrderStatus.CANCELLED),
        ({"payment_status": ORDER["payment_status"] | {"payment_required_by": "2029-12-31T00:00:00Z"}}, "lapsed"),
        ({"cancelled_at": "2030-01-04T00:00:00Z"}, OrderStatus.LAPSED),
    ],
)
def test_the_status_of_an_order(fields, status):
    assert order_of(ORDER | fields, NOW).status == status


def test_new_fields_pass_and_missing_or_retyped_ones_do_not():
    order_of(ORDER | {"something_new": [1]}, NOW)
    for name in ("id", "total_amount", "total_currency", "payment_status", "slices", "booking_reference"):
        short = deepcopy(ORDER)
        del short[name]
        with pytest.raises(ValueError, match=name):
            order_of(short, NOW)
    for name, wrong in (("total_amount", "free"), ("slices", {}), ("documents", [{"type": "x"}])):
        with pytest.raises(ValueError, match=name):
            order_of(ORDER | {name: wrong}, NOW)


def test_an_unknown_kind_of_document_is_not_taken_for_a_ticket():
    odd = {"documents": [{"type": "napkin", "unique_identifier": "1"}]}
    with pytest.raises(ValueError, match="unknown kind"):
        order_of(ORDER | odd, NOW)
