"""A make-believe partner office without a line to it, for simulations."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from integrations.in_process import Asked, Faults, InProcessHttp, Line
from integrations.partner.adapter import PartnerAdapter
from integrations.partner.simulated_office import Office
from integrations.partner.simulated_staff import Staff
from integrations.partner.simulated_world import Effect, PartnerWorld
from integrations.partner.simulator import once
from integrations.simulated_app import CutLine, Refusal
from integrations.simulation import Errands

DELAY = 1.0


class InProcessPartner(PartnerAdapter):
    """The adapter, its other end a function."""

    def __init__(self, name: str, http: InProcessHttp) -> None:
        self._name, self._http = name, http


def open_in_process(
    name: str, errands: Errands, faults: Faults, *, secret: str, hook: str
) -> tuple[InProcessPartner, PartnerWorld]:
    """The adapter and the world behind it."""
    world = PartnerWorld(name, errands, hook)
    office = Office(world, Staff(world, secret, DELAY))
    return InProcessPartner(name, InProcessHttp("partner", lambda asked: served(office, asked), faults)), world


def served(office: Office, asked: Asked) -> tuple[int, Any]:
    """One request, by its path, as the simulator's doors do it. Raises Line."""
    parts = [unquote(part) for part in asked.path.strip("/").split("/")[1:]]
    try:
        return read(office, asked, parts) if asked.method == "GET" else changed(office, asked, parts)
    except Refusal as refusal:
        return refusal.status, {"code": refusal.code}


def read(office: Office, asked: Asked, parts: list[str]) -> tuple[int, Any]:
    """What changes nothing. Raises Refusal."""
    if parts[0] == "effects":
        effect = office.world.seen.effects.get(asked.query["key"])
        return 200, {"effects": [{"kind": effect.kind, "reference": effect.reference}] if effect else []}
    if parts == ["payments"]:
        return 200, {"payments": office.payments(asked.query["handover"])}
    return 200, office.view(parts[0].removesuffix("s"), parts[1])


def changed(office: Office, asked: Asked, parts: list[str]) -> tuple[int, Any]:
    """What is done once per key. Raises Refusal and Line."""
    kind, act = doors(office)[(parts[0], parts[2] if len(parts) > 2 else "")]
    reference, key = parts[1] if len(parts) > 1 else "", asked.headers["Idempotency-Key"]
    answer = once(office, kind, key, asked.path, asked.body, lambda: act(reference, asked.body, key))
    if isinstance(answer, CutLine):
        raise Line
    return answer.status_code, Asked("", "", {}, {}, bytes(answer.body)).json


def doors(office: Office) -> dict[tuple[str, str], tuple[str, Callable[[str, bytes, str], Effect]]]:
    """The doors that change something."""
    return {
        ("country-questions", ""): ("country-question", office.ask),
        ("handovers", ""): ("handover", office.offer),
        ("handovers", "answers"): ("answer", office.answer),
        ("handovers", "packages"): ("package", office.take_package),
        ("handovers", "reminders"): ("reminder", office.remind),
        ("handovers", "recall"): ("recall", office.recall),
        ("handovers", "return"): ("return-answer", office.answer_return),
        ("payments", ""): ("payment", office.order),
        ("payments", "cancellation"): ("payment-cancellation", office.cancel),
    }
