"""The front desk of a simulated partner office: what it takes in, and what it refuses."""

import hashlib
import json
import uuid
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from integrations.partner.package import canonical
from integrations.partner.simulated_staff import Staff
from integrations.partner.simulated_world import TAKEN, UNDECIDED, Effect, Handover, PartnerWorld, Payment, Question
from integrations.simulated_app import Refusal

QUESTION_FIELDS = frozenset({"case_code", "country", "area", "age_bands", "genders", "needs"})
PREVIEW_FIELDS = QUESTION_FIELDS | {"languages", "urgency", "arrival_from", "arrival_to", "party_size"}
REMINDER_FIELDS = frozenset({"to", "about"})
ORDER_FIELDS = frozenset(
    {"handover_reference", "entitlement", "amount", "currency", "label_code", "payee_kind", "payee_reference"}
)
LISTED = ("entitlement", "amount", "currency", "payee_reference")


class Office:
    """Takes requests in. Every verb is called under the world's lock and may raise Refusal."""

    def __init__(self, world: PartnerWorld, staff: Staff) -> None:
        self.world, self.staff = world, staff

    def ask(self, _: str, body: bytes, key: str) -> Effect:
        """Take a country question."""
        asked = self._allowed(body, QUESTION_FIELDS)
        question = Question(new_reference("cq"), asked["area"])
        self.world.seen.questions[question.reference] = question
        self.world.seen.asked[question.reference] = asked
        self.staff.consider_question(question)
        return effect(question.reference)

    def offer(self, _: str, body: bytes, key: str) -> Effect:
        """Take an offer."""
        preview = self._allowed(body, PREVIEW_FIELDS)
        handover = Handover(new_reference("ho"), preview_hash=hashlib.sha256(canonical(preview)).hexdigest())
        self.world.seen.handovers[handover.reference] = handover
        self.world.seen.previews[handover.reference] = preview
        self.staff.consider_offer(handover)
        return effect(handover.reference)

    def answer(self, reference: str, body: bytes, key: str) -> Effect:
        """Take the answer to what was asked back."""
        handover = self.handover(reference)
        text = parsed(body).get("text")
        if handover.status != "QUESTION" or not isinstance(text, str):
            raise Refusal(409, "no_open_question")
        handover.status = "OPEN"
        self.world.seen.answers.append({"handover": reference, "text": text})
        self.staff.consider_answer(handover)
        return effect(reference)

    def take_package(self, reference: str, body: bytes, key: str) -> Effect:
        """Take personal data, but only after accepting; note it when somebody sends it before."""
        handover, package = self.handover(reference), parsed(body)
        entry = self._entry(handover, package, body)
        if handover.status not in TAKEN:
            if handover.focal_point is None:
                self.world.seen.too_early.append({"handover": reference, "stage": entry["stage"]})
            raise Refusal(409, "not_accepted")
        self.world.seen.packages.append(entry)
        if entry["stage"] == "arrival":
            self.staff.expect(handover, entry["package_hash"], landing(package))
        return effect(reference, {"package_hash": self._receipt_hash(reference, body), "received_at": self._now()})

    def remind(self, reference: str, body: bytes, key: str) -> Effect:
        """Take a reminder. It moves nobody who is silent, but brings a name to an acceptance without one."""
        handover, said = self.handover(reference), self._allowed(body, REMINDER_FIELDS)
        self.world.seen.reminders.append({"handover": reference, **said})
        if said["about"] == "name_focal_point":
            self.staff.consider_answer(handover)
        return effect(reference)

    def answer_return(self, reference: str, body: bytes, key: str) -> Effect:
        """Take our word on a return that the office offered."""
        handover, said = self.handover(reference), parsed(body)
        if self.world.seen.returns.get(reference) != "offered":
            raise Refusal(409, "no_open_return")
        self.world.seen.returns[reference] = "accepted" if said["accepted"] else "refused"
        if said["accepted"]:
            handover.status = "RETURNED"
        return effect(reference)

    def recall(self, reference: str, body: bytes, key: str) -> Effect:
        """Give a handover back, in whatever state."""
        handover = self.handover(reference)
        handover.status = "RECALLED"
        self.world.seen.recalls.append({"handover": reference, "reason_code": parsed(body)["reason_code"]})
        return effect(reference)

    def order(self, _: str, body: bytes, key: str) -> Effect:
        """Take a payment order for somebody in the office's care."""
        order = self._allowed(body, ORDER_FIELDS)
        if self.handover(order["handover_reference"]).status not in TAKEN:
            raise Refusal(409, "handover_not_open")
        payment = Payment(new_reference("pay"))
        self.world.seen.payments[payment.reference] = payment
        self.world.seen.orders[payment.reference] = order
        self.staff.pay(payment)
        return effect(payment.reference)

    def cancel(self, reference: str, body: bytes, key: str) -> Effect:
        """Stop a payment that was not handed over."""
        payment = self.payment(reference)
        if payment.status == "PAID":
            raise Refusal(409, "already_handed_over")
        if payment.status == "ORDERED":
            payment.status = "CANCELLED"
        return effect(reference)

    def view(self, kind: str, reference: str) -> dict[str, Any]:
        """Tell what a thing is like now."""
        with self.world.lock:
            if kind.startswith("payment"):
                return asdict(self.payment(reference))
            if kind == "country-question":
                question = self.question(reference)
                return {"reference": reference, "safe": question.safe, "note_code": question.note_code}
            return asdict(self.handover(reference))

    def payments(self, handover: str) -> list[dict[str, Any]]:
        """List the payments of a handover as they stand in the books."""
        with self.world.lock:
            self.handover(handover)
            seen = self.world.seen
            mine = [ref for ref, order in seen.orders.items() if order["handover_reference"] == handover]
            listed = [asdict(seen.payments[ref]) | {k: seen.orders[ref][k] for k in LISTED} for ref in mine]
            return listed + ([ghost(handover)] if self.world.magic_of(handover) == "GHOSTPAYMENT" else [])

    def handover(self, reference: str) -> Handover:
        """Find a handover; an offer nobody answered ends with its arrival window."""
        found = self.world.seen.handovers.get(reference)
        if found is None:
            raise Refusal(404, "not_found")
        last_day = date.fromisoformat(self.world.seen.previews[reference]["arrival_to"])
        if found.status in UNDECIDED and self.world.errands.clock.now().date() > last_day:
            found.status = "EXPIRED"
        return found

    def payment(self, reference: str) -> Payment:
        """Find a payment."""
        found = self.world.seen.payments.get(reference)
        if found is None:
            raise Refusal(404, "not_found")
        return found

    def question(self, reference: str) -> Question:
        """Find a country question."""
        found = self.world.seen.questions.get(reference)
        if found is None:
            raise Refusal(404, "not_found")
        return found

    def _allowed(self, body: bytes, fields: frozenset[str]) -> dict[str, Any]:
        """Take exactly these fields. One more might be a name, so it is noted as such."""
        given = parsed(body)
        if extra := sorted(given.keys() - fields):
            self.world.seen.too_early.append({"fields": extra})
        if given.keys() != fields:
            raise Refusal(422, "invalid_fields")
        return given

    def _entry(self, handover: Handover, package: dict[str, Any], body: bytes) -> dict[str, Any]:
        stage, package_hash = package["stage"], hashlib.sha256(body).hexdigest()
        before = self.world.latest(handover.reference, stage)
        return {
            "handover": handover.reference,
            "stage": stage,
            "package_hash": package_hash,
            "fields": package["fields"],
            "replaces": package["replaces"],
            "twice": before not in (None, package_hash, package["replaces"]),
        }

    def _receipt_hash(self, reference: str, body: bytes) -> str:
        tampered = b" " if self.world.magic_of(reference) == "TAMPERED" else b""
        return hashlib.sha256(body + tampered).hexdigest()

    def _now(self) -> str:
        return self.world.errands.clock.now().isoformat()


def ghost(handover: str) -> dict[str, Any]:
    """Make up a payment that nobody ordered, as a dishonest clerk would."""
    number = hashlib.sha256(handover.encode()).hexdigest()[:16]
    return {
        "reference": f"pay_{number}", "status": "PAID", "handed_over_on": "2026-01-01", "receipt_hash": "0" * 64,
        "reason_code": None, "entitlement": f"x-{number}", "amount": "250", "currency": "EUR", "payee_reference": None,
    }  # fmt: skip


def new_reference(prefix: str) -> str:
    """Make a reference nobody can guess or read."""
    return f"{prefix}_{uuid.uuid4().hex[:16]}"


def effect(reference: str, receipt: dict[str, Any] | None = None) -> Effect:
    """Note what was done; the door adds under which key and for which request."""
    return Effect("", "", reference, receipt)


def landing(package: dict[str, Any]) -> datetime:
    """Tell when the last flight lands."""
    return max(datetime.fromisoformat(leg["arrives_at"]) for leg in package["fields"]["flights"])


def parsed(body: bytes) -> dict[str, Any]:
    """Parse a JSON object. Raises Refusal."""
    try:
        value = json.loads(body)
    except ValueError:
        raise Refusal(400, "invalid_request") from None
    if not isinstance(value, dict):
        raise Refusal(400, "invalid_request")
    return value
