"""Webhooks: verified by signature, stored, answered; then understood. What cannot be understood a person sees."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.deps import STAFF_ROLES, HouseDep, require
from api.errors import Problem
from integrations.airline import webhooks as airline
from integrations.consulate import webhooks as consulate
from integrations.messaging import webhooks as messaging
from integrations.partner import webhooks as partner
from integrations.signatures import BadSignature
from models.clock import wall
from workflows.alarms import BrokenIn, raise_alarm, token_of
from workflows.house import House
from workflows.inbox import receive, understand, unread

router = APIRouter(tags=["webhooks"])
inbox = APIRouter(prefix="/api/inbound", tags=["webhooks"], dependencies=[Depends(require(*STAFF_ROLES))])


async def take(request: Request, house: House, source: str, secret: str, verify: Any, id_header: str | None) -> Any:
    """Verify, store, answer. The sender's own id keeps a repeat from counting twice."""
    body = await request.body()
    if not any(is_signed(verify, body, request.headers, secret, now) for now in (wall(), house.clock.now())):
        raise Problem(401, "bad_signature", "The signature is not valid or not fresh.")
    outside_id = request.headers.get(id_header or "", "") or hashlib.sha256(body).hexdigest()
    return await run_in_threadpool(keep, request, house, source, outside_id, body.decode("utf-8", "replace"))


def is_signed(verify: Any, body: bytes, headers: Mapping[str, str], secret: str, now: datetime) -> bool:
    """Fresh by the machine's clock, or by the demo's, which the simulators sign with; elsewhere they are one."""
    try:
        verify(body, dict(headers), secret, now=now)
    except BadSignature:
        return False
    return True


def keep(request: Request, house: House, source: str, outside_id: str, said: str) -> JSONResponse:
    """Store first; a failure to understand loses nothing."""
    inbound_id, is_new = receive(house, source, outside_id[:120], said)
    if is_new and (change := understand(house, inbound_id)):
        request.app.state.nudger.push(change)
    return JSONResponse({"status": "accepted"}, 202)


@router.post("/webhooks/airline", status_code=202)
async def from_airline(request: Request, house: HouseDep) -> Any:
    """The airline's notices."""
    secret = house.world.settings.airline_webhook_secret.get_secret_value()
    return await take(request, house, "airline", secret, airline.verify, None)


@router.post("/webhooks/consulate", status_code=202)
async def from_consulate(request: Request, house: HouseDep) -> Any:
    """The consulate's notices."""
    secret = house.world.settings.consulate_webhook_secret.get_secret_value()
    return await take(request, house, "consulate", secret, consulate.verify, "webhook-id")


@router.post("/webhooks/partner/{code}", status_code=202)
async def from_partner(code: str, request: Request, house: HouseDep) -> Any:
    """A receiving partner's word."""
    secret = house.world.settings.partner_webhook_secret.get_secret_value()
    if code not in house.world.settings.partner_urls:
        raise Problem(401, "bad_signature", "The signature is not valid or not fresh.")
    return await take(request, house, f"partner/{code}", secret, partner.verify, "webhook-id")


@router.post("/webhooks/messaging", status_code=202)
async def from_messaging(request: Request, house: HouseDep) -> Any:
    """Delivery reports and what people write back."""

    params = {name: str(value) for name, value in (await request.form()).items()}
    secret = house.world.settings.sms_webhook_secret.get_secret_value()
    url = f"{house.world.settings.public_url}/webhooks/messaging" + (
        f"?{request.url.query}" if request.url.query else ""
    )
    try:
        messaging.verify(url, params, dict(request.headers), secret)
    except BadSignature:
        raise Problem(401, "bad_signature", "The signature is not valid.") from None
    said = json.dumps({"form": params, "key": request.query_params.get("key")}, sort_keys=True)
    outside_id = hashlib.sha256(said.encode()).hexdigest()
    return await run_in_threadpool(keep, request, house, "messaging", outside_id, said)


@router.post("/webhooks/prefect", status_code=202)
def from_prefect(body: BrokenIn, request: Request, house: HouseDep) -> JSONResponse:
    """What Prefect's automations tell of the platform: a run that broke, a tick that is silent."""
    shown = request.headers.get("x-sila-token", "")
    if not hmac.compare_digest(shown.encode(), token_of(house.database.keyring).encode()):
        raise Problem(401, "bad_signature", "The signature is not valid or not fresh.")
    raise_alarm(house, body)
    return JSONResponse({"status": "accepted"}, 202)


@inbox.get("")
def waiting(house: HouseDep) -> dict[str, Any]:
    """What came in and nobody has understood yet, without its text."""
    with house.database.reading() as session:
        rows = unread(session)
    return {
        "messages": [
            {"id": row.id, "source": row.source, "received_at": row.received_at, "trouble": row.trouble} for row in rows
        ]
    }
