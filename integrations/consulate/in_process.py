"""The make-believe consulate without a line to it, for simulations."""

from typing import Any

from integrations.consulate.client import HttpConsulate
from integrations.consulate.contract import Application
from integrations.consulate.simulated_world import ConsulateWorld
from integrations.in_process import Asked, Faults, InProcessHttp, Line
from integrations.simulated_app import Refusal
from integrations.simulation import Errands


def open_in_process(
    errands: Errands, faults: Faults, *, secret: str, hook: str
) -> tuple[HttpConsulate, ConsulateWorld]:
    """The client and the world behind it."""
    world = ConsulateWorld(secret, hook)
    world.errands.close()
    world.errands = errands
    return HttpConsulate(InProcessHttp("consulate", lambda asked: served(world, asked), faults)), world


def served(world: ConsulateWorld, asked: Asked) -> tuple[int, Any]:
    """One request, by its path, as the simulator's doors do it. Raises Line."""
    parts = asked.path.strip("/").split("/")[2:]
    try:
        return routed(world, asked, parts)
    except Refusal as refusal:
        return refusal.status, {"code": refusal.code}


def routed(world: ConsulateWorld, asked: Asked, parts: list[str]) -> tuple[int, Any]:
    """Which verb. Raises Refusal and Line."""
    if asked.method == "GET" and not parts:
        record = world.by_key(asked.query["key"])
        return 200, {"applications": [] if record is None else [record.view()]}
    if asked.method == "GET":
        return 200, world.record(parts[0]).view()
    if parts:
        return 200, world.withdraw(parts[0], asked.headers["Idempotency-Key"]).view()
    record, is_new = world.lodge(Application.model_validate(asked.json), asked.headers["Idempotency-Key"])
    if is_new and record.magic == "LOSTREPLY":
        raise Line
    return (201 if is_new else 200), record.view()
