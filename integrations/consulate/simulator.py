"""A consulate that answers over real HTTP. README.md lists the family names that make it misbehave."""

import json
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, FastAPI, Header, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from integrations.consulate.simulated_world import ConsulateWorld, Dossier
from integrations.simulated_app import CutLine, Refusal, bearer, create_app

Form = Annotated[dict[str, Any], Body()]
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=100)]


class TravelPart(BaseModel):
    """The journey part of the form."""

    model_config = ConfigDict(extra="forbid")
    origin: str = Field(alias="from", pattern=r"^[A-Z]{2}$")
    to: str = Field(pattern=r"^[A-Z]{2}$")
    by: date


class ApplicationForm(BaseModel):
    """The consulate's form: it takes these fields and refuses any other."""

    model_config = ConfigDict(extra="forbid")
    given_names: str
    family_name: str
    date_of_birth: date
    sex: Literal["F", "M", "X"]
    nationality: str = Field(pattern=r"^[A-Z]{3}$")
    place_of_birth: str | None
    old_document_number: str | None
    travel: TravelPart


def create_simulator(*, token: str, webhook_secret: str, webhook_url: str | None, delay: float = 0.3) -> FastAPI:
    """Make a consulate. ``delay`` is the time in seconds between one step of a file and the next."""
    world = ConsulateWorld(webhook_secret=webhook_secret, webhook_url=webhook_url, delay=delay)
    app = create_app(world, "A consulate")
    app.include_router(doors(world), prefix="/v1/applications", dependencies=[Depends(bearer(token))])
    return app


def doors(world: ConsulateWorld) -> APIRouter:
    """Make the four doors of the consular service."""
    router = APIRouter()

    @router.post("")
    def lodge(form: Form, key: Key) -> Response:
        return lodged(world, form, key)

    @router.get("")
    def find(key: Annotated[str, Query(min_length=1)]) -> dict[str, Any]:
        with world.lock:
            found = [one.view() for one in world.seen.dossiers.values() if one.key == key]
        return {"applications": found}

    @router.get("/{reference}")
    def look_up(reference: str) -> dict[str, Any]:
        with world.lock:
            return known(world, reference).view()

    @router.post("/{reference}/withdrawal")
    def withdraw(reference: str, key: Key) -> dict[str, Any]:
        return withdrawn(world, reference, key)

    return router


def lodged(world: ConsulateWorld, form: dict[str, Any], key: str) -> Response:
    """File an application once per key. Raises Refusal."""
    with world.lock:
        world.seen.requests.append(form)
        earlier = answered(world, json.dumps(form, sort_keys=True), key)
        if earlier is not None:
            return JSONResponse(known(world, earlier).view(), 200)
        checked(form)
        dossier = Dossier("", key, form)
        if dossier.magic == "BROKEN" and key not in world.seen.broken:
            world.seen.broken.add(key)
            raise Refusal(503, "temporarily_unavailable")
        dossier = world.open(form, key)
        world.seen.keys[key] = (json.dumps(form, sort_keys=True), dossier.reference)
        return CutLine() if dossier.magic == "LOSTREPLY" else JSONResponse(dossier.view(), 201)


def withdrawn(world: ConsulateWorld, reference: str, key: str) -> dict[str, Any]:
    """Take an application back unless it was decided. Raises Refusal."""
    with world.lock:
        dossier = known(world, reference)
        answered(world, f"withdraw {reference}", key)
        if dossier.status in ("DOCUMENT_ISSUED", "REFUSED"):
            raise Refusal(409, "already_issued" if dossier.document else "already_refused")
        world.seen.keys[key] = (f"withdraw {reference}", reference)
        moved, dossier.status = dossier.status != "WITHDRAWN", "WITHDRAWN"
    if moved:
        world.announce(dossier)
    return dossier.view()


def answered(world: ConsulateWorld, request: str, key: str) -> str | None:
    """Tell which file this key made before. Raises Refusal when it came with another request."""
    request_before, reference = world.seen.keys.get(key, (request, None))
    if request_before != request:
        raise Refusal(422, "idempotency_key_reused")
    return reference


def known(world: ConsulateWorld, reference: str) -> Dossier:
    """Find a file. Raises Refusal."""
    if reference not in world.seen.dossiers:
        raise Refusal(404, "not_found")
    return world.seen.dossiers[reference]


def checked(form: dict[str, Any]) -> None:
    """Refuse a form that is not exactly ours."""
    try:
        ApplicationForm.model_validate(form)
    except ValueError:
        raise Refusal(422, "invalid_form") from None
