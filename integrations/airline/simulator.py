"""A make-believe Duffel: its paths and JSON, a truth one can ask for, and inputs that make it misbehave.

Every door is in README.md. Run it with ``uvicorn``; it never leaves the computer except to post
webhooks to the address it was given.
"""

import hmac
from decimal import Decimal
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from integrations.airline import simulated_aftersales as aftersales
from integrations.airline import simulated_offers as offers
from integrations.airline import simulated_orders as orders
from integrations.airline.simulated_doors import add_doors
from integrations.airline.simulated_orders import Magic
from integrations.airline.simulated_world import Json, Trouble, World, new_id, page


class LostAnswer(Response):
    """An answer that breaks off: the headers promise a body, then the connection closes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send only the headers; the server closes the connection on whoever waits for the rest."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})


def create_simulator(*, token: str, webhook_secret: str, webhook_url: str | None = None) -> FastAPI:
    """Build the simulator. ``token`` is the one it lets in; webhooks are signed with ``webhook_secret``."""
    world = World(webhook_secret, webhook_url)

    def let_in(request: Request) -> None:
        if request.url.path.startswith("/air/"):
            check_headers(request, token)

    lock_out = [Depends(let_in)]
    app = FastAPI(title="Make-believe Duffel", dependencies=lock_out, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(Trouble, trouble_answer)
    app.add_exception_handler(KeyError, misread_answer)
    app.add_exception_handler(TypeError, misread_answer)
    app.add_exception_handler(ValueError, misread_answer)
    app.add_exception_handler(ArithmeticError, misread_answer)

    add_selling(app, world)
    add_aftersales(app, world)
    add_doors(app, world)
    return app


def check_headers(request: Request, token: str) -> None:
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Trouble(401, "access_token_not_found", "authentication_error")
    if request.headers.get("duffel-version") != "v2":
        raise Trouble(400, "unsupported_version")


def add_selling(app: FastAPI, world: World) -> None:
    """Search, offers, booking."""

    @app.post("/air/offer_requests", status_code=201)
    def search(body: Json) -> Json:
        with world.lock:
            return {"data": offers.search(world, body["data"])}

    @app.get("/air/offers")
    def list_offers(request: Request) -> Json:
        query = request.query_params
        with world.lock:
            found = world.searches.get(query.get("offer_request_id", ""))
            if found is None:
                raise Trouble(404, "not_found")
            items = [world.offers[one] for one in found]
            if query.get("sort") == "total_amount":
                items.sort(key=lambda one: Decimal(one["total_amount"]))
            return page(items, query)

    @app.get("/air/offers/{offer_id}")
    def read_offer(offer_id: str) -> Json:
        with world.lock:
            return {"data": offers.read_offer(world, offer_id)}

    @app.post("/air/orders", response_model=None)
    def book(body: Json) -> Response:
        with world.lock:
            magic, order = orders.create(world, body["data"])
            return booked(magic, order)


def add_aftersales(app: FastAPI, world: World) -> None:
    """Reading, paying and cancelling orders."""

    @app.get("/air/orders")
    def list_orders(request: Request) -> Json:
        with world.lock:
            return page(world.all_orders(), request.query_params)

    @app.get("/air/orders/{order_id}")
    def read_order(order_id: str) -> Json:
        with world.lock:
            return {"data": aftersales.read_order(world, order_id)}

    @app.post("/air/payments", response_model=None)
    def pay(body: Json) -> Response:
        with world.lock:
            magic, payment = aftersales.pay(world, body["data"])
            return LostAnswer() if magic is Magic.PAYLOST else JSONResponse({"data": payment}, 201)

    @app.post("/air/airline_initiated_changes/{change_id}/actions/accept")
    def accept_change(change_id: str) -> Json:
        with world.lock:
            return {"data": aftersales.accept_change(world, change_id)}

    @app.post("/air/order_cancellations", status_code=201)
    def quote(body: Json) -> Json:
        with world.lock:
            return {"data": aftersales.quote(world, body["data"])}

    @app.post("/air/order_cancellations/{cancellation_id}/actions/confirm")
    def confirm(cancellation_id: str) -> Json:
        with world.lock:
            return {"data": aftersales.confirm(world, cancellation_id)}


def booked(magic: Magic | None, order: Json | None) -> Response:
    """The answer to a booking, which some names make worse than the truth."""
    if order is None:
        return JSONResponse({"data": {}}, 202)
    if magic is Magic.LOSTREPLY:
        return LostAnswer()
    if magic is Magic.BROKENREPLY:
        return error(500, "internal_server_error", "api_error")
    return JSONResponse({"data": order}, 201)


def error(status: int, code: str, kind: str, pointer: str | None = None) -> JSONResponse:
    """An error answer in Duffel's shape."""
    request_id = new_id("req")
    problem: Any = {"type": kind, "code": code, "title": code, "message": code, "documentation_url": ""}
    if pointer is not None:
        problem["source"] = {"field": pointer.rpartition("/")[2], "pointer": pointer}
    content = {"meta": {"request_id": request_id, "status": status}, "errors": [problem]}
    return JSONResponse(content, status, headers={"x-request-id": request_id})


def trouble_answer(_: Request, trouble: Exception) -> Response:
    if not isinstance(trouble, Trouble):
        raise trouble
    return error(trouble.status, trouble.code, trouble.kind, trouble.pointer)


def misread_answer(_: Request, __: Exception) -> Response:
    """A field was missing or of the wrong kind."""
    return error(422, "validation_required", "validation_error")
