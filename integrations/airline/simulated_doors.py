"""The simulator's back doors: the truth, the clock, the webhook address, a fresh start."""

from typing import Literal

from fastapi import FastAPI
from pydantic import AwareDatetime, BaseModel

from integrations.airline import simulated_aftersales as aftersales
from integrations.airline.simulated_world import Json, World, stamp


class Clock(BaseModel):
    now: AwareDatetime


class Hook(BaseModel):
    url: str | None


class Change(BaseModel):
    order_id: str
    kind: Literal["schedule_change", "cancellation"]
    minutes: int = aftersales.SHIFT


def add_doors(app: FastAPI, world: World) -> None:
    """Add everything under ``/_sim``. Nobody needs a token there: this is never the real Duffel."""

    @app.get("/_sim/truth")
    def truth() -> Json:
        with world.lock:
            return aftersales.truth(world)

    @app.put("/_sim/clock")
    def set_clock(clock: Clock) -> Json:
        with world.lock:
            world.set_clock(clock.now)
            aftersales.take_flights(world)
            return {"now": stamp(world.now())}

    @app.get("/_sim/pending")
    def pending() -> Json:
        return {"pending": world.errands.pending()}

    @app.put("/_sim/webhook")
    def set_webhook(hook: Hook) -> Json:
        with world.lock:
            world.hook = hook.url
        return {"url": hook.url}

    @app.post("/_sim/reset")
    def reset() -> Json:
        with world.lock:
            world.reset()
        return {"reset": True}

    @app.post("/_sim/airline_change")
    def airline_change(change: Change) -> Json:
        with world.lock:
            return aftersales.airline_change(world, change.order_id, change.kind, change.minutes)
