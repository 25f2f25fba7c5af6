"""Makes many calls outside of any transaction, a few at a time, and none that could outlast the hold on its case."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from models.clock import wall
from models.effect import EffectState
from workflows.house import House
from workflows.ledger import Action, Marked, Outcome, send

AT_ONCE = 4
NOT_SENT = Outcome(EffectState.INTENDED, "not_sent")


def send_all(house: House, calls: Sequence[tuple[Action, Marked]], held_until: datetime) -> list[Outcome]:
    """The outcome of each call, in their order. ``held_until``: when another run may take the cases over."""
    if min(AT_ONCE, len(calls)) < 2:
        return [send_in_time(house, action, marked, held_until) for action, marked in calls]
    with ThreadPoolExecutor(min(AT_ONCE, len(calls)), "call") as threads:
        return list(threads.map(lambda call: send_in_time(house, call[0], call[1], held_until), calls))


def send_in_time(house: House, action: Action, marked: Marked, held_until: datetime) -> Outcome:
    """Nothing leaves that may still be under way when another run looks for it (F10)."""
    return NOT_SENT if wall() + house.world.settings.longest_call > held_until else send(house, action, marked)
