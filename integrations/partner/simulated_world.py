"""The ground truth of a simulated partner office: its files, and what must never have happened."""

import threading
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from integrations.simulation import Errands

OFFER_MAGIC = frozenset({"SILENT", "DECLINES", "ASKS", "SLOW", "LATE", "LOSTREPLY", "UNSAFE", "NONAME", "ASKSTWICE"})
PAYMENT_MAGIC = frozenset({"LOSTPAYMENT", "UNCLEARPAYMENT", "GHOSTPAYMENT"})
RECEPTION_MAGIC = frozenset({"OTHERHASH", "NOREPORT", "NOTSAFE", "RETURNS", "CANCELS", "WANTSPLAN"})
LATER_MAGIC = frozenset({"TWICE", "NOSHOW", "QUIETAFTER", "GARBAGE", "NOTPAID", "TAMPERED"})
LATER_MAGIC |= PAYMENT_MAGIC | RECEPTION_MAGIC
MAGIC = OFFER_MAGIC | LATER_MAGIC
UNDECIDED = frozenset({"OPEN", "QUESTION"})
TAKEN = frozenset({"ACCEPTED", "ARRIVED", "RECEIVED"})


def magic_word(area: str, office: str) -> str:
    """Find the magic word in an area, or an empty one. ``DECLINES @nadia`` is meant for the office nadia alone."""
    words = area.upper().split()
    meant = [word[1:] for word in words if word.startswith("@")]
    if meant and office.upper() not in meant:
        return ""
    return next((word for word in words if word in MAGIC), "")


@dataclass
class Question:
    """A country question."""

    reference: str
    area: str
    safe: bool | None = None
    note_code: str | None = None


@dataclass
class Handover:
    """A handover as the partner files it."""

    reference: str
    status: str = "OPEN"
    focal_point: str | None = None
    available_from: str | None = None
    question_code: str | None = None
    question_text: str | None = None
    reason_code: str | None = None
    arrived_at: str | None = None
    met: bool | None = None
    condition_code: str | None = None
    package_hash: str | None = None
    preview_hash: str | None = None
    reachable_24_7: bool | None = None
    staff_gender: str | None = None
    reached_in_private: bool | None = None
    safe: bool | None = None
    accommodation_confirmed: bool | None = None


@dataclass
class Payment:
    """A payment as the partner books it."""

    reference: str
    status: str = "ORDERED"
    handed_over_on: str | None = None
    receipt_hash: str | None = None
    reason_code: str | None = None


@dataclass
class Effect:
    """What a key did: the request it came with, and what it is to be answered with."""

    request: str
    kind: str
    reference: str
    receipt: dict[str, Any] | None = None


@dataclass
class Seen:
    """Everything an office remembers. ``previews`` and ``orders`` are as they came over the wire."""

    questions: dict[str, Question] = field(default_factory=dict)
    handovers: dict[str, Handover] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    previews: dict[str, dict[str, Any]] = field(default_factory=dict)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    effects: dict[str, Effect] = field(default_factory=dict)  # by key, for ever
    packages: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, str]] = field(default_factory=list)
    reminders: list[dict[str, str]] = field(default_factory=list)
    returns: dict[str, str] = field(default_factory=dict)  # by handover: offered, accepted, refused
    recalls: list[dict[str, str]] = field(default_factory=list)
    too_early: list[dict[str, Any]] = field(default_factory=list)


class PartnerWorld:
    """Everything a simulated office knows. ``lock`` guards ``seen``."""

    def __init__(self, name: str, errands: Errands, webhook_url: str | None) -> None:
        self.name, self.errands, self.webhook_url = name, errands, webhook_url
        self.lock = threading.RLock()
        self.seen = Seen()

    def magic_of(self, handover_reference: str) -> str:
        """Find the magic word in a handover's area."""
        return magic_word(self.seen.previews[handover_reference]["area"], self.name)

    def latest(self, handover: str, stage: str) -> str | None:
        """Tell the hash of the last package of a stage."""
        hashes = [
            one["package_hash"] for one in self.seen.packages if one["handover"] == handover and one["stage"] == stage
        ]
        return hashes[-1] if hashes else None

    def reset(self) -> None:
        """Empty the office."""
        with self.lock:
            self.seen = Seen()

    def truth(self) -> dict[str, Any]:
        """Tell everything that happened, and what happened twice."""
        with self.lock:
            seen = self.seen
            return {
                "name": self.name,
                "country_questions": [
                    asdict(one) | {"question": seen.asked[ref]} for ref, one in seen.questions.items()
                ],
                "handovers": [asdict(one) | {"preview": seen.previews[ref]} for ref, one in seen.handovers.items()],
                "payments": [asdict(one) | {"order": seen.orders[ref]} for ref, one in seen.payments.items()],
                "packages": list(seen.packages),
                "answers": list(seen.answers),
                "reminders": list(seen.reminders),
                "returns": dict(seen.returns),
                "recalls": list(seen.recalls),
                "personal_data_before_acceptance": list(seen.too_early),
                "duplicates": self._duplicates(),
            }

    def _duplicates(self) -> list[dict[str, Any]]:
        offers = Counter(
            self.seen.previews[ref]["case_code"]
            for ref, one in self.seen.handovers.items()
            if one.status in UNDECIDED or one.status == "ACCEPTED"
        )
        paid = Counter(
            self.seen.orders[ref]["entitlement"] for ref, one in self.seen.payments.items() if one.status == "PAID"
        )
        packages = [one for one in self.seen.packages if one["twice"]]
        return [
            *({"two_open_handovers": case} for case, times in offers.items() if times > 1),
            *({"entitlement_paid_twice": what} for what, times in paid.items() if times > 1),
            *({"two_packages": one["handover"], "stage": one["stage"]} for one in packages),
        ]
