"""The ground truth of the simulated consulate: its files, what came in, and how a file moves on."""

import json
import threading
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from integrations import signatures
from integrations.simulation import Errands, SimClock, Webhook

SLOW_FOR = timedelta(days=10)
INTERVIEW_IN = timedelta(days=7)
VALID_DAYS, SHORT_DAYS = 60, 5
OPEN = frozenset({"RECEIVED", "INTERVIEW", "NATIONALITY_CONFIRMED"})
LIVE = OPEN | {"DOCUMENT_ISSUED"}
MAGIC = frozenset({"DENIED", "SLOW", "SILENT", "BROKEN", "LOSTREPLY", "TWICE", "SHORTLIFE", "MUTE", "INTERVIEW"})


@dataclass
class Dossier:
    """One application as the consulate files it."""

    reference: str
    key: str
    form: dict[str, Any]
    status: str = "RECEIVED"
    document: dict[str, Any] | None = None
    refusal_code: str | None = None
    interview_at: datetime | None = None

    @property
    def magic(self) -> str:
        """The magic word in the family name, or an empty one."""
        words = str(self.form["family_name"]).upper().split()
        return next((word for word in words if word in MAGIC), "")

    def person(self) -> tuple[str, str, str]:
        """Whom the application is for."""
        return self.form["given_names"], self.form["family_name"], self.form["date_of_birth"]

    def view(self) -> dict[str, Any]:
        """What an asker is told."""
        return {
            "reference": self.reference,
            "status": self.status,
            "document": self.document,
            "refusal_code": self.refusal_code,
            "interview_at": self.interview_at.isoformat() if self.interview_at else None,
        }


@dataclass
class Seen:
    """What the consulate remembers besides its files."""

    dossiers: dict[str, Dossier] = field(default_factory=dict)
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)  # key: (request, reference), for ever
    broken: set[str] = field(default_factory=set)
    requests: list[dict[str, Any]] = field(default_factory=list)


class ConsulateWorld:
    """Everything the simulated consulate knows. ``lock`` guards ``seen``."""

    def __init__(self, *, webhook_secret: str, webhook_url: str | None, delay: float) -> None:
        self.errands = Errands(SimClock())
        self.webhook_url, self.secret, self.delay = webhook_url, webhook_secret, delay
        self.lock = threading.RLock()
        self.seen = Seen()

    def truth(self) -> dict[str, Any]:
        """Tell what was applied for, as it came over the wire, and what must not have happened."""
        with self.lock:
            files = [one.view() | {"key": one.key, "form": one.form} for one in self.seen.dossiers.values()]
            live = Counter(one.person() for one in self.seen.dossiers.values() if one.status in LIVE)
            duplicates = [{"two_live_applications": list(who)} for who, times in live.items() if times > 1]
            return {"applications": files, "requests": list(self.seen.requests), "duplicates": duplicates}

    def reset(self) -> None:
        """Empty the cabinet."""
        with self.lock:
            self.seen = Seen()

    def open(self, form: dict[str, Any], key: str) -> Dossier:
        """File an application and set it in motion."""
        dossier = Dossier(f"app_{uuid.uuid4().hex[:16]}", key, form)
        with self.lock:
            self.seen.dossiers[dossier.reference] = dossier
        start = self.errands.clock.now()
        if dossier.magic == "INTERVIEW":
            self._later(dossier, "INTERVIEW")
        elif dossier.magic == "DENIED":
            self._later(dossier, "REFUSED")
        elif dossier.magic != "SILENT":
            self._later(dossier, "NATIONALITY_CONFIRMED", start + SLOW_FOR if dossier.magic == "SLOW" else None)
        return dossier

    def _later(self, dossier: Dossier, status: str, not_before: datetime | None = None) -> None:
        self.errands.after(self.delay, lambda: self._move(dossier, status), not_before=not_before)

    def _move(self, dossier: Dossier, status: str) -> None:
        with self.lock:
            if dossier.status not in OPEN:  # withdrawn meanwhile
                return
            self._decide(dossier, status)
        self.announce(dossier)
        if status == "INTERVIEW":
            self._later(dossier, "NATIONALITY_CONFIRMED", dossier.interview_at)
        elif status == "NATIONALITY_CONFIRMED":
            self._later(dossier, "DOCUMENT_ISSUED")

    def _decide(self, dossier: Dossier, status: str) -> None:
        dossier.status = status
        if status == "REFUSED":
            dossier.refusal_code = "nationality_not_established"
        if status == "INTERVIEW":
            dossier.interview_at = self.errands.clock.now() + INTERVIEW_IN
        if status == "DOCUMENT_ISSUED":
            dossier.document = self._document(dossier)

    def _document(self, dossier: Dossier) -> dict[str, Any]:
        today = self.errands.clock.now().date()
        days = SHORT_DAYS if dossier.magic == "SHORTLIFE" else VALID_DAYS
        return {
            "type": "EMERGENCY_TRAVEL_DOCUMENT",
            "number": "LP" + uuid.uuid4().hex[:8].upper(),
            "issued_on": today.isoformat(),
            "expires_on": (today + timedelta(days=days)).isoformat(),
            "single_journey": True,
        }

    def announce(self, dossier: Dossier) -> None:
        """Post the webhook of a move; magic names lose it, double it or let it overtake."""
        if dossier.magic in ("SILENT", "MUTE") or self.webhook_url is None:
            return
        webhook = self._webhook(dossier, self.webhook_url)
        self.errands.post(webhook, seconds=self._wait(dossier))
        if dossier.magic == "TWICE":
            self.errands.post(webhook, seconds=self._wait(dossier) + self.delay / 2)

    def _wait(self, dossier: Dossier) -> float:
        overtaken = dossier.magic == "TWICE" and dossier.status == "NATIONALITY_CONFIRMED"
        return 3 * self.delay if overtaken else 0.0

    def _webhook(self, dossier: Dossier, url: str) -> Webhook:
        clock, message_id = self.errands.clock, f"msg_{uuid.uuid4().hex}"
        message = {
            "id": message_id,
            "type": "application.updated",
            "timestamp": clock.now().isoformat(),
            "data": {"reference": dossier.reference, "status": dossier.status},
        }
        body = json.dumps(message).encode()

        def headers() -> dict[str, str]:
            signed = signatures.sign(body, self.secret, message_id=message_id, at=clock.now())
            return signed | {"content-type": "application/json"}

        return Webhook(url, body, headers, dossier.reference)
