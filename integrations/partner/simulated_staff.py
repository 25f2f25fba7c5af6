"""The people of a simulated partner office: they answer, meet, receive and pay, with their bad days."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from integrations.partner.simulated_world import UNDECIDED, Handover, PartnerWorld, Payment, Question, magic_word
from integrations.simulation import Webhook, signed_webhook

SLOW_FOR = timedelta(days=2)
AFTER_LANDING = timedelta(minutes=30)
FIRST_CONTACT = timedelta(days=2)
LATE_SECONDS = 4.0
QUESTION_BACK = ("need_details", "Which of the needs comes first?")


class Staff:
    """Plays the office. ``delay`` is the time in seconds somebody takes for a step."""

    def __init__(self, world: PartnerWorld, secret: str, delay: float) -> None:
        self.world, self.secret, self.delay = world, secret, delay

    def consider_question(self, question: Question) -> None:
        """Answer a country question, unless the area is silent."""
        magic = magic_word(question.area, self.world.name)
        if magic != "SILENT":
            self._soon(lambda: self._give_input(question, magic))

    def consider_offer(self, handover: Handover) -> None:
        """Decide on an offer."""
        magic = self.world.magic_of(handover.reference)
        if magic == "DECLINES":
            self._soon(lambda: self._decline(handover))
        elif magic in ("ASKS", "ASKSTWICE"):
            self._soon(lambda: self._ask_back(handover))
        elif magic == "SLOW":
            until = self.world.errands.clock.now() + SLOW_FOR
            self.world.errands.after(self.delay, lambda: self.accept(handover), not_before=until)
        elif magic != "SILENT":
            wait = LATE_SECONDS if magic == "LATE" else self.delay
            self.world.errands.after(wait, lambda: self.accept(handover))

    def consider_answer(self, handover: Handover) -> None:
        """Accept once the question was answered; ask a second one where the office likes to ask."""
        answers = [one for one in self.world.seen.answers if one["handover"] == handover.reference]
        asks_again = self.world.magic_of(handover.reference) == "ASKSTWICE" and len(answers) == 1
        self._soon(lambda: self._ask_back(handover) if asks_again else self.accept(handover))

    def accept(self, handover: Handover) -> None:
        """Accept, unless it was recalled or ran out meanwhile; the first time without a name where names are rare."""
        magic = self.world.magic_of(handover.reference)
        with self.world.lock:
            if handover.status not in UNDECIDED:
                return
            nameless = magic == "NONAME" and not self._was_asked_for_a_name(handover)
            handover.available_from, handover.reachable_24_7 = self._today(), True
            if not nameless:
                handover.status, handover.focal_point = "ACCEPTED", f"fp_{self.world.name}_1"
        known = ("focal_point", "available_from", "reachable_24_7", "preview_hash")
        self._tell("handover.accepted", handover, {name: getattr(handover, name) for name in known})
        if magic == "CANCELS":
            self._soon(lambda: self._cancel(handover))
        if magic == "WANTSPLAN":
            self._soon(lambda: self._tell("handover.plan_requested", handover, {}))

    def _was_asked_for_a_name(self, handover: Handover) -> bool:
        asked = ((one["handover"], one["about"]) for one in self.world.seen.reminders)
        return (handover.reference, "name_focal_point") in asked

    def _cancel(self, handover: Handover) -> None:
        with self.world.lock:
            if handover.status != "ACCEPTED":
                return
            handover.status, handover.reason_code = "CANCELLED", "no_capacity"
        self._tell("handover.cancelled", handover, {"reason_code": handover.reason_code})

    def expect(self, handover: Handover, package_hash: str, lands_at: datetime) -> None:
        """Go to the airport half an hour after landing, if the flight is still the one announced."""
        self.world.errands.after(
            self.delay, lambda: self._meet(handover, package_hash, lands_at), not_before=lands_at + AFTER_LANDING
        )

    def pay(self, payment: Payment) -> None:
        """Hand the money over; the first attempt in NOTPAID fails, and nothing is heard of one in UNCLEARPAYMENT."""
        magic = self.world.magic_of(self.world.seen.orders[payment.reference]["handover_reference"])
        if magic not in ("SILENT", "UNCLEARPAYMENT"):
            self._soon(lambda: self._hand_over(payment, magic))

    def _soon(self, act: Callable[[], None]) -> None:
        self.world.errands.after(self.delay, act)

    def _today(self) -> str:
        return self.world.errands.clock.now().date().isoformat()

    def _give_input(self, question: Question, magic: str) -> None:
        with self.world.lock:
            question.safe = magic != "UNSAFE"
            question.note_code = "no_known_risk" if question.safe else "risk_in_area"
        fields = {"safe": question.safe, "note_code": question.note_code}
        self._announce("country_input.given", question.reference, magic, fields)

    def _decline(self, handover: Handover) -> None:
        with self.world.lock:
            if handover.status not in UNDECIDED:
                return
            handover.status, handover.reason_code = "DECLINED", "no_capacity"
        self._tell("handover.declined", handover, {"reason_code": handover.reason_code})

    def _ask_back(self, handover: Handover) -> None:
        with self.world.lock:
            if handover.status != "OPEN":
                return
            handover.status = "QUESTION"
            handover.question_code, handover.question_text = QUESTION_BACK
        fields = {"question_code": handover.question_code, "text": handover.question_text}
        self._tell("handover.asked_back", handover, fields)

    def _meet(self, handover: Handover, package_hash: str, lands_at: datetime) -> None:
        magic = self.world.magic_of(handover.reference)
        with self.world.lock:
            current = self.world.latest(handover.reference, "arrival")
            if handover.status != "ACCEPTED" or current != package_hash or magic == "QUIETAFTER":
                return
            handover.status = "NO_SHOW" if magic == "NOSHOW" else "ARRIVED"
            if magic != "NOSHOW":
                handover.arrived_at, handover.met = (lands_at + AFTER_LANDING).isoformat(), True
                handover.condition_code = "well"
        if magic == "NOSHOW":
            self._tell("handover.no_show", handover, {})
        else:
            fields = {"arrived_at": handover.arrived_at, "met": True, "condition_code": "well"}
            self._tell("handover.arrival_confirmed", handover, fields)
            self._soon(lambda: self._receive(handover, package_hash))

    def _receive(self, handover: Handover, package_hash: str) -> None:
        with self.world.lock:
            if handover.status != "ARRIVED":
                return
            other = self.world.magic_of(handover.reference) == "OTHERHASH"
            handover.status, handover.package_hash = "RECEIVED", "0" * 64 if other else package_hash
        self._tell("handover.received", handover, {"package_hash": handover.package_hash})
        self._after_receiving(handover)

    def _after_receiving(self, handover: Handover) -> None:
        magic, now = self.world.magic_of(handover.reference), self.world.errands.clock.now()
        if magic == "RETURNS" and handover.reference not in self.world.seen.returns:
            self._soon(lambda: self._offer_back(handover))
        if magic != "NOREPORT":
            self.world.errands.after(self.delay, lambda: self._report(handover), not_before=now + FIRST_CONTACT)

    def _report(self, handover: Handover) -> None:
        with self.world.lock:
            if handover.status != "RECEIVED":
                return
            handover.safe = self.world.magic_of(handover.reference) != "NOTSAFE"
            handover.reached_in_private = handover.accommodation_confirmed = True
        known = ("reached_in_private", "safe", "accommodation_confirmed")
        self._tell("handover.first_week", handover, {name: getattr(handover, name) for name in known})

    def _offer_back(self, handover: Handover) -> None:
        with self.world.lock:
            self.world.seen.returns[handover.reference] = "offered"
        self._tell("handover.return_offered", handover, {"reason_code": "moved_away"})

    def _hand_over(self, payment: Payment, magic: str) -> None:
        with self.world.lock:
            order = self.world.seen.orders[payment.reference]
            if payment.status != "ORDERED":
                return
            if magic == "NOTPAID" and self._is_first(payment, order):
                payment.status, payment.reason_code = "FAILED", "not_reached"
                event, fields = "payment.failed", {"reason_code": "not_reached"}
            else:
                payment.status, payment.handed_over_on = "PAID", self._today()
                payment.receipt_hash = hashlib.sha256(payment.reference.encode()).hexdigest()
                event, fields = "payment.handed_over", paid_fields(payment, order)
        fields = {"entitlement": order["entitlement"], **fields}
        if magic == "LOSTPAYMENT":
            return
        self._announce(event, payment.reference, magic, fields)

    def _is_first(self, payment: Payment, order: dict[str, Any]) -> bool:
        orders = self.world.seen.orders.items()
        same = [ref for ref, one in orders if one["handover_reference"] == order["handover_reference"]]
        return same[0] == payment.reference

    def _tell(self, event: str, handover: Handover, fields: dict[str, Any]) -> None:
        self._announce(event, handover.reference, self.world.magic_of(handover.reference), fields)

    def _announce(self, event: str, reference: str, magic: str, fields: dict[str, Any]) -> None:
        """Post a webhook; magic areas double it, let it be overtaken, or put nonsense before it."""
        url, errands = self.world.webhook_url, self.world.errands
        if url is None:
            return
        if magic == "GARBAGE":
            errands.post(self._webhook(url, "handover.weather", {"reference": reference}))
        webhook = self._webhook(url, event, {"reference": reference, **fields})
        overtaken = magic == "TWICE" and event == "handover.arrival_confirmed"
        wait = 3 * self.delay if overtaken else 0.0
        errands.post(webhook, seconds=wait)
        if magic == "TWICE":
            errands.post(webhook, seconds=wait + self.delay / 2)

    def _webhook(self, url: str, event: str, data: dict[str, Any]) -> Webhook:
        return signed_webhook(url, event, data, secret=self.secret, clock=self.world.errands.clock)


def paid_fields(payment: Payment, order: dict[str, Any]) -> dict[str, Any]:
    """Say what was paid, when, and with which receipt."""
    return {
        "amount": order["amount"],
        "currency": order["currency"],
        "handed_over_on": payment.handed_over_on,
        "receipt_hash": payment.receipt_hash,
    }
