"""A reintegration partner's office over real HTTP. README.md lists the areas that make it misbehave."""

import hashlib
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request
from fastapi.responses import JSONResponse, Response

from integrations.partner.simulated_office import Office
from integrations.partner.simulated_staff import Staff
from integrations.partner.simulated_world import Effect, PartnerWorld
from integrations.simulated_app import CutLine, Refusal, bearer, create_app
from integrations.simulation import Errands, SimClock

Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=100)]


def create_simulator(
    *, token: str, webhook_secret: str, webhook_url: str | None, name: str, delay: float = 0.3
) -> FastAPI:
    """Make an office. ``delay`` is the time in seconds its people take for a step; ``name`` is opaque."""
    world = PartnerWorld(name, Errands(SimClock()), webhook_url)
    office = Office(world, Staff(world, webhook_secret, delay))
    app = create_app(world, "A reintegration partner")
    app.include_router(doors(office), prefix="/v1", dependencies=[Depends(bearer(token))])
    return app


async def raw(request: Request) -> bytes:
    """The body as it came over the wire."""
    return await request.body()


Body = Annotated[bytes, Depends(raw)]


def doors(office: Office) -> APIRouter:
    """Make the doors of the partner's case system."""
    router = APIRouter()
    router.include_router(changing_doors(office))
    router.include_router(reading_doors(office))
    return router


def changing_doors(office: Office) -> APIRouter:
    """Make the doors that honour an idempotency key: the path and the body are the request."""
    router = APIRouter()

    def door(path: str, kind: str, act: Callable[[str, bytes, str], Effect]) -> None:
        def change(request: Request, body: Body, key: Key) -> Response:
            reference = str(request.path_params.get("reference", ""))
            return once(office, kind, key, request.url.path, body, lambda: act(reference, body, key))

        router.add_api_route(path, change, methods=["POST"])

    door("/country-questions", "country-question", office.ask)
    door("/handovers", "handover", office.offer)
    door("/handovers/{reference}/answers", "answer", office.answer)
    door("/handovers/{reference}/packages", "package", office.take_package)
    door("/handovers/{reference}/reminders", "reminder", office.remind)
    door("/handovers/{reference}/recall", "recall", office.recall)
    door("/handovers/{reference}/return", "return-answer", office.answer_return)
    door("/payments", "payment", office.order)
    door("/payments/{reference}/cancellation", "payment-cancellation", office.cancel)
    return router


def reading_doors(office: Office) -> APIRouter:
    """Make the doors that change nothing."""
    router = APIRouter()

    @router.get("/handovers/{reference}")
    def handover(reference: str) -> dict[str, Any]:
        return office.view("handover", reference)

    @router.get("/payments")
    def payments(handover: Annotated[str, Query(min_length=1)]) -> dict[str, Any]:
        return {"payments": office.payments(handover)}

    @router.get("/payments/{reference}")
    def payment(reference: str) -> dict[str, Any]:
        return office.view("payment", reference)

    @router.get("/country-questions/{reference}")
    def country_question(reference: str) -> dict[str, Any]:
        return office.view("country-question", reference)

    @router.get("/effects")
    def effects(key: Annotated[str, Query(min_length=1)]) -> dict[str, Any]:
        with office.world.lock:
            effect = office.world.seen.effects.get(key)
        return {"effects": [{"kind": effect.kind, "reference": effect.reference}] if effect else []}

    return router


def once(office: Office, kind: str, key: str, path: str, body: bytes, act: Callable[[], Effect]) -> Response:
    """Do a thing once per key; the same request again is only answered again. Raises Refusal."""
    request = f"{path} {hashlib.sha256(body).hexdigest()}"
    with office.world.lock:
        effect = office.world.seen.effects.get(key)
        if effect is not None and effect.request != request:
            raise Refusal(422, "idempotency_key_reused")
        is_new = effect is None
        if effect is None:
            effect = act()
            effect.kind, effect.request = kind, request
            office.world.seen.effects[key] = effect
        if is_new and is_cut(office, kind, effect.reference):
            return CutLine()
        answer = effect.receipt or office.view(kind, effect.reference)
        return JSONResponse(answer, 201 if is_new else 200)


def is_cut(office: Office, kind: str, reference: str) -> bool:
    """Whether the line breaks before the first answer: to an offer, or to a payment order."""
    if kind == "payment":
        handover = office.world.seen.orders[reference]["handover_reference"]
        return office.world.magic_of(handover) == "LOSTPAYMENT"
    return kind == "handover" and office.world.magic_of(reference) == "LOSTREPLY"
