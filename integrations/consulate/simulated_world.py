"""The simulated consulate's ground truth: the applications, how they move, and what it tells about them."""

import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from integrations.consulate.contract import Application, ApplicationStatus, ApplicationView, IssuedDocument
from integrations.signatures import sign
from integrations.simulated_app import Refusal
from integrations.simulation import Errands, SimClock, Webhook

STEP_SECONDS = 0.2
VALID = timedelta(days=60)
SHORT = timedelta(days=5)
SLOWNESS = timedelta(days=10)
REFUSAL_CODE = "nationality_not_confirmed"

Status = ApplicationStatus
PATH = (Status.NATIONALITY_CONFIRMED, Status.ISSUED)
OTHER_PATHS: dict[str, tuple[Status, ...]] = {
    "DENIED": (Status.REFUSED,),
    "SILENT": (),
    "INTERVIEW": (Status.INTERVIEW_SET, *PATH),
}
FINAL = frozenset({Status.ISSUED, Status.REFUSED, Status.WITHDRAWN})


@dataclass
class Record:
    """An application as the consulate keeps it."""

    reference: str
    key: str
    application: Application
    lodged_at: datetime
    status: Status = Status.LODGED
    document: IssuedDocument | None = None
    refusal_code: str | None = None
    history: list[str] = field(default_factory=lambda: [Status.LODGED.value])

    @property
    def magic(self) -> str:
        """The word that makes the consulate behave in some way."""
        return self.application.family_name.upper()

    @property
    def person(self) -> tuple[str, ...]:
        """Who it is for, however it was typed."""
        who = self.application
        return (who.given_names.casefold(), who.family_name.casefold(), who.born_on.isoformat(), who.nationality)

    def view(self) -> dict[str, Any]:
        """The application as a client sees it."""
        seen = ApplicationView(
            reference=self.reference, status=self.status, document=self.document, refusal_code=self.refusal_code
        )
        return seen.model_dump(mode="json")

    def live(self, now: datetime) -> bool:
        """Tell whether it may still give, or has given, a document that is good."""
        if self.document is not None:
            return self.document.expires_on >= now.date()
        return self.status not in FINAL


class ConsulateWorld:
    """Everything that happened. ``lock`` guards the records."""

    def __init__(self, webhook_secret: str, webhook_url: str | None) -> None:
        self.errands = Errands(SimClock())
        self.webhook_url = webhook_url
        self.records: dict[str, Record] = {}
        self.withdrawals: list[dict[str, str]] = []
        self.turned_away: set[str] = set()
        self.lock = threading.RLock()
        self._secret = webhook_secret

    def lodge(self, application: Application, key: str) -> tuple[Record, bool]:
        """Take an application; tell whether it is a new one. Raises Refusal (503 once, or 409)."""
        with self.lock:
            known = self.by_key(key)
            if known is not None:
                if known.application != application:
                    raise Refusal(409, "key_used_for_another_application")
                return known, False
            if application.family_name.upper() == "BROKEN" and key not in self.turned_away:
                self.turned_away.add(key)
                raise Refusal(503, "try_again")
            record = Record(f"app_{uuid4().hex[:20]}", key, application, self.errands.clock.now())
            self.records[record.reference] = record
            self._plan(record)
            return record, True

    def by_key(self, key: str) -> Record | None:
        """Find what was lodged under a key."""
        return next((one for one in self.records.values() if one.key == key), None)

    def record(self, reference: str) -> Record:
        """Find an application. Raises Refusal (404)."""
        if reference not in self.records:
            raise Refusal(404, "no_such_application")
        return self.records[reference]

    def withdraw(self, reference: str, key: str) -> Record:
        """Take an application back. Raises Refusal (404, or 409 when it is decided)."""
        with self.lock:
            record = self.record(reference)
            if record.status in (Status.ISSUED, Status.REFUSED):
                raise Refusal(409, "already_decided")
            if record.status is not Status.WITHDRAWN:
                self.withdrawals.append({"reference": reference, "key": key})
                self._move(record, Status.WITHDRAWN)
            return record

    def truth(self) -> dict[str, Any]:
        """Tell everything that happened."""
        with self.lock:
            applications = [
                one.view()
                | {"key": one.key, "application": one.application.model_dump(mode="json"), "history": one.history}
                for one in self.records.values()
            ]
            return {
                "applications": applications,
                "withdrawals": list(self.withdrawals),
                "duplicates": self._duplicates(),
            }

    def reset(self) -> None:
        """Forget everything that happened."""
        with self.lock:
            self.errands.forget()
            self.records.clear()
            self.withdrawals.clear()
            self.turned_away.clear()

    def _duplicates(self) -> list[list[str]]:
        """The references of every person who has two or more live applications."""
        live = [one for one in self.records.values() if one.live(self.errands.clock.now())]
        often = [person for person, count in Counter(one.person for one in live).items() if count > 1]
        return [[one.reference for one in live if one.person == person] for person in often]

    def _plan(self, record: Record) -> None:
        path = OTHER_PATHS.get(record.magic, PATH)
        if record.magic == "DOUBTED" and not record.application.proofs:
            path = OTHER_PATHS["DENIED"]
        patience = SLOWNESS if record.magic == "SLOW" else timedelta()
        for place, status in enumerate(path, start=1):

            def act(status: Status = status) -> None:
                with self.lock:
                    if self.records.get(record.reference) is record and record.status not in FINAL:
                        self._move(record, status)

            self.errands.after(STEP_SECONDS * place, act, not_before=record.lodged_at + patience if patience else None)

    def _move(self, record: Record, status: Status) -> None:
        record.status = status
        record.history.append(status.value)
        if status is Status.REFUSED:
            record.refusal_code = REFUSAL_CODE
        if status is Status.ISSUED:
            record.document = self._document(record)
        self._tell(record)

    def _document(self, record: Record) -> IssuedDocument:
        today = self.errands.clock.now().date()
        expires_on = today + (SHORT if record.magic == "SHORTLIFE" else VALID)
        number = f"LP{uuid4().int % 10**7:07d}"
        return IssuedDocument(
            kind="laissez_passer", number=number, issued_on=today, expires_on=expires_on, single_journey=True
        )

    def _tell(self, record: Record) -> None:
        if self.webhook_url is None or record.magic == "MUTE":
            return
        event = f"evt_{uuid4().hex[:20]}"
        body = json.dumps({"id": event, "reference": record.reference, "status": record.status.value}).encode()

        def headers() -> dict[str, str]:
            signed = sign(body, self._secret, message_id=event, at=self.errands.clock.now())
            return signed | {"content-type": "application/json"}

        for _ in range(2 if record.magic == "TWICE" else 1):
            self.errands.post(Webhook(self.webhook_url, body, headers, record.status.value))
