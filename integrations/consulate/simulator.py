"""A make-believe consulate: the paths our client speaks, a truth one can ask for, and names that misbehave.

Every door and magic name is in README.md. It never leaves the computer except to post webhooks to the
address it was given.
"""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header
from fastapi.responses import JSONResponse, Response

from integrations.consulate.contract import Application
from integrations.consulate.simulated_world import ConsulateWorld
from integrations.simulated_app import CutLine, bearer, create_app
from integrations.values import OPAQUE

Key = Annotated[str, Header(alias="Idempotency-Key", pattern=OPAQUE)]


def create_simulator(*, token: str, webhook_secret: str, webhook_url: str | None = None) -> FastAPI:
    """Make the simulator. ``token`` opens ``/v1``; webhooks are signed with ``webhook_secret``."""
    world = ConsulateWorld(webhook_secret, webhook_url)
    app = create_app(world, "A make-believe consulate")
    signed_in = [Depends(bearer(token))]

    @app.post("/v1/applications", dependencies=signed_in, response_model=None)
    def lodge(application: Application, key: Key) -> Response:
        record, is_new = world.lodge(application, key)
        if is_new and record.magic == "LOSTREPLY":
            return CutLine()
        return JSONResponse(record.view(), 201 if is_new else 200)

    @app.get("/v1/applications", dependencies=signed_in)
    def find(key: str) -> dict[str, Any]:
        with world.lock:
            record = world.by_key(key)
            return {"applications": [] if record is None else [record.view()]}

    @app.get("/v1/applications/{reference}", dependencies=signed_in)
    def look_up(reference: str) -> dict[str, Any]:
        with world.lock:
            return world.record(reference).view()

    @app.post("/v1/applications/{reference}/withdrawal", dependencies=signed_in)
    def withdraw(reference: str, key: Key) -> dict[str, Any]:
        with world.lock:
            return world.withdraw(reference, key).view()

    return app
