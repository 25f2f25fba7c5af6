"""Speaks a partner's case-system HTTP (README.md of this folder) and puts it into our words."""

import json
from typing import Any

from integrations.http import Answer, PartnerHttp
from integrations.partner.contract import (
    CountryInput,
    CountryQuestion,
    Found,
    FoundKind,
    HandoverStatus,
    HandoverView,
    Preview,
    Recall,
    Receipt,
    ReintegrationPartner,
    Reminder,
    ReturnAnswer,
)
from integrations.partner.package import Package
from integrations.partner.payment import BookedPayment, PaymentOrder, PaymentStatus, PaymentView
from integrations.values import Value, opaque, reading

HANDOVER = {
    "OPEN": HandoverStatus.OFFERED,
    "QUESTION": HandoverStatus.ASKED_BACK,
    "ACCEPTED": HandoverStatus.ACCEPTED,
    "DECLINED": HandoverStatus.DECLINED,
    "ARRIVED": HandoverStatus.ARRIVAL_CONFIRMED,
    "NO_SHOW": HandoverStatus.NO_SHOW,
    "RECEIVED": HandoverStatus.RECEIVED,
    "RECALLED": HandoverStatus.RECALLED,
    "EXPIRED": HandoverStatus.EXPIRED,
    "CANCELLED": HandoverStatus.CANCELLED,
    "RETURNED": HandoverStatus.RETURNED,
}
PAYMENT = {
    "ORDERED": PaymentStatus.ORDERED,
    "PAID": PaymentStatus.HANDED_OVER,
    "FAILED": PaymentStatus.FAILED,
    "CANCELLED": PaymentStatus.CANCELLED,
}
FOUND = {
    "country-question": FoundKind.COUNTRY_QUESTION,
    "handover": FoundKind.HANDOVER,
    "answer": FoundKind.ANSWER,
    "package": FoundKind.PACKAGE,
    "reminder": FoundKind.REMINDER,
    "recall": FoundKind.RECALL,
    "return-answer": FoundKind.RETURN_ANSWER,
    "payment": FoundKind.PAYMENT,
    "payment-cancellation": FoundKind.PAYMENT_CANCELLATION,
}


class PartnerAdapter:
    """A partner behind ``base_url``. ``timeout`` is in seconds. Implements ``ReintegrationPartner``.

    ``name`` is what errors call the partner: an opaque configuration name such as ``partner``.
    """

    def __init__(self, base_url: str, token: str, *, name: str = "partner", timeout: float = 10.0) -> None:
        self._name = name
        self._http = PartnerHttp(name, base_url, headers={"Authorization": f"Bearer {token}"}, timeout=timeout)

    def close(self) -> None:
        """Give the sockets back."""
        self._http.close()

    def ask_country_input(self, question: CountryQuestion, *, key: str) -> str:
        """See ``ReintegrationPartner.ask_country_input``."""
        answer = self._change("ask_country_input", "/v1/country-questions", packed(question), key)
        with reading(self._name, "ask_country_input", changed=True):
            return country_input(answer.body).reference

    def offer(self, preview: Preview, *, key: str) -> HandoverView:
        """See ``ReintegrationPartner.offer``."""
        answer = self._change("offer", "/v1/handovers", packed(preview), key)
        with reading(self._name, "offer", changed=True):
            return handover(answer.body)

    def answer(self, handover_reference: str, text: str, *, key: str) -> None:
        """See ``ReintegrationPartner.answer``."""
        path = f"/v1/handovers/{opaque(handover_reference)}/answers"
        self._change("answer", path, json.dumps({"text": text}).encode(), key)

    def send_package(self, reference: str, package: Package, *, key: str) -> Receipt:
        """See ``ReintegrationPartner.send_package``."""
        path = f"/v1/handovers/{opaque(reference)}/packages"
        answer = self._change("send_package", path, package.sealed_bytes(), key)
        with reading(self._name, "send_package", changed=True):
            return Receipt.model_validate(answer.body)

    def remind(self, reference: str, *, to: str, about: str, key: str) -> None:
        """See ``ReintegrationPartner.remind``. Raises ValueError for somebody or something we do not know."""
        body = packed(Reminder.model_validate({"to": to, "about": about}))
        self._change("remind", f"/v1/handovers/{opaque(reference)}/reminders", body, key)

    def answer_return(self, reference: str, answer: ReturnAnswer, *, key: str) -> HandoverView:
        """See ``ReintegrationPartner.answer_return``."""
        path = f"/v1/handovers/{opaque(reference)}/return"
        said = self._change("answer_return", path, packed(answer), key)
        with reading(self._name, "answer_return", changed=True):
            return handover(said.body)

    def recall(self, reference: str, reason_code: str, *, key: str) -> HandoverView:
        """See ``ReintegrationPartner.recall``. Raises ValueError for a reason that is not a code."""
        body = packed(Recall(reason_code=reason_code))
        answer = self._change("recall", f"/v1/handovers/{opaque(reference)}/recall", body, key)
        with reading(self._name, "recall", changed=True):
            return handover(answer.body)

    def order_payment(self, order: PaymentOrder, *, key: str) -> PaymentView:
        """See ``ReintegrationPartner.order_payment``."""
        answer = self._change("order_payment", "/v1/payments", packed(order), key)
        with reading(self._name, "order_payment", changed=True):
            return payment(answer.body)

    def cancel_payment(self, reference: str, *, key: str) -> PaymentView:
        """See ``ReintegrationPartner.cancel_payment``."""
        answer = self._change("cancel_payment", f"/v1/payments/{opaque(reference)}/cancellation", b"{}", key)
        with reading(self._name, "cancel_payment", changed=True):
            return payment(answer.body)

    def look_up(self, reference: str) -> HandoverView:
        """See ``ReintegrationPartner.look_up``."""
        answer = self._http.read("look_up", f"/v1/handovers/{opaque(reference)}")
        with reading(self._name, "look_up", changed=False):
            return handover(answer.body)

    def look_up_payment(self, reference: str) -> PaymentView:
        """See ``ReintegrationPartner.look_up_payment``."""
        answer = self._http.read("look_up_payment", f"/v1/payments/{opaque(reference)}")
        with reading(self._name, "look_up_payment", changed=False):
            return payment(answer.body)

    def payments_of(self, handover_reference: str) -> tuple[BookedPayment, ...]:
        """See ``ReintegrationPartner.payments_of``."""
        answer = self._http.read("payments_of", "/v1/payments", params={"handover": opaque(handover_reference)})
        with reading(self._name, "payments_of", changed=False):
            return tuple(booked(one) for one in answer.body["payments"])

    def look_up_country_input(self, reference: str) -> CountryInput:
        """See ``ReintegrationPartner.look_up_country_input``."""
        answer = self._http.read("look_up_country_input", f"/v1/country-questions/{opaque(reference)}")
        with reading(self._name, "look_up_country_input", changed=False):
            return country_input(answer.body)

    def find(self, key: str) -> Found | None:
        """See ``ReintegrationPartner.find``."""
        answer = self._http.read("find", "/v1/effects", params={"key": opaque(key)})
        with reading(self._name, "find", changed=False):
            # An empty list is the only "no": a 404 might come from a wrong address.
            return found(answer.body["effects"])

    def _change(self, verb: str, path: str, body: bytes, key: str) -> Answer:
        headers = {"Idempotency-Key": opaque(key), "Content-Type": "application/json"}
        return self._http.change(verb, path, content=body, headers=headers)


def open_partner(base_url: str, token: str, *, timeout: float = 10.0) -> ReintegrationPartner:
    """Open the door of a partner's case system. Raises nothing: nobody is spoken to yet."""
    return PartnerAdapter(base_url, token, timeout=timeout)


def packed(value: Value) -> bytes:
    """Write a question, preview or order as their JSON; the field names are the same as ours."""
    return value.model_dump_json().encode()


def handover(body: Any) -> HandoverView:
    """Read a handover. Raises KeyError or ValueError for a word we do not know."""
    return HandoverView.model_validate({**body, "status": HANDOVER[body["status"]]})


def payment(body: Any) -> PaymentView:
    """Read a payment. Raises KeyError or ValueError for a word we do not know."""
    return PaymentView.model_validate({**body, "status": PAYMENT[body["status"]]})


def booked(body: Any) -> BookedPayment:
    """Read one line of their list."""
    return BookedPayment.model_validate({**body, "status": PAYMENT[body["status"]]})


def country_input(body: Any) -> CountryInput:
    """Read a country question's state."""
    return CountryInput.model_validate(body)


def found(effects: list[Any]) -> Found | None:
    """Take the one effect there is. Two under one key break the promise of class A: ValueError."""
    if len(effects) > 1:
        raise ValueError("two effects carry one key")
    return Found(kind=FOUND[effects[0]["kind"]], reference=effects[0]["reference"]) if effects else None
