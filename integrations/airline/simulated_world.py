"""The simulator's ground truth: everything the make-believe airline knows, and its clock."""

import threading
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from integrations.airline.simulated_errands import Errands

Json = dict[str, Any]


class Trouble(Exception):
    """An error answer, in Duffel's words."""

    def __init__(self, status: int, code: str, kind: str = "invalid_request_error", pointer: str | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.kind, self.pointer = status, code, kind, pointer


def refused(code: str, pointer: str | None = None) -> Trouble:
    """A 422: understood, but no; ``pointer`` says where in the request."""
    return Trouble(422, code, "validation_error" if code.startswith("validation") else "invalid_state_error", pointer)


@dataclass
class World:
    """Everything that happened. Hold ``lock`` to touch it."""

    secret: str
    first_hook: str | None = None
    hook: str | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)
    errands: Errands = field(default_factory=Errands)
    post: Callable[[str, bytes, Mapping[str, str]], bool] | None = None  # None: over the network
    offset: timedelta = timedelta()
    searches: dict[str, list[str]] = field(default_factory=dict)
    offers: dict[str, Json] = field(default_factory=dict)
    attempted: set[str] = field(default_factory=set)
    booked_searches: set[str] = field(default_factory=set)
    taken_from: set[tuple[str, str, str]] = field(default_factory=set)
    turned_away: set[tuple[str, str, str]] = field(default_factory=set)
    made_dearer: set[str] = field(default_factory=set)
    orders: dict[str, Json] = field(default_factory=dict)
    payments: list[Json] = field(default_factory=list)
    cancellations: dict[str, Json] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.hook = self.first_hook

    def now(self) -> datetime:
        """The simulated moment: the wall clock, shifted."""
        return datetime.now(UTC) + self.offset

    def set_clock(self, moment: datetime) -> None:
        """Let it be ``moment`` now; time goes on from there."""
        self.offset = moment - datetime.now(UTC)

    def reset(self) -> None:
        """Forget everything, the shifted clock and the webhook address included."""
        self.errands.forget()
        people = (self.turned_away, self.taken_from)
        for memory in (self.searches, self.offers, self.attempted, self.booked_searches, self.made_dearer, *people):
            memory.clear()
        self.orders.clear()
        self.payments.clear()
        self.cancellations.clear()
        self.offset, self.hook = timedelta(), self.first_hook

    def order(self, order_id: str) -> Json:
        """An order as it is now; a hold nobody paid lapses on its own. Raises Trouble (404)."""
        order = self.orders.get(order_id)
        if order is None:
            raise Trouble(404, "not_found")
        lapse(order, self.now())
        return order

    def all_orders(self) -> list[Json]:
        """Every order as it is now, newest first."""
        return [self.order(order_id) for order_id in reversed(self.orders)]


def lapse(order: Json, now: datetime) -> None:
    terms = order["payment_status"]
    due = terms["payment_required_by"]
    if order["cancelled_at"] is None and terms["awaiting_payment"] and datetime.fromisoformat(due) <= now:
        order["cancelled_at"] = due
        order["available_actions"] = []


def new_id(prefix: str) -> str:
    """An identifier that looks like Duffel's."""
    return f"{prefix}_0000{uuid4().hex[:18]}"


def stamp(moment: datetime) -> str:
    """A moment the way Duffel writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def page(items: list[Json], query: Mapping[str, str], default: int = 50) -> Json:
    """One page of a list; ``after`` is where the next one starts. Raises Trouble (422)."""
    try:
        limit, start = int(query.get("limit", default)), int(query.get("after", "p0").removeprefix("p"))
    except ValueError:
        raise refused("validation_invalid") from None
    if not 1 <= limit <= 200 or start < 0:
        raise refused("validation_invalid")
    end = start + limit
    after = f"p{end}" if end < len(items) else None
    return {"data": deepcopy(items[start:end]), "meta": {"limit": limit, "before": None, "after": after}}
