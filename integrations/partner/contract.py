"""Handing a person over to a reintegration partner in the country of return, in our own words.

Partner class **A** (reliability.md §8): every changing verb may be sent again under the same ``key``,
and ``find`` tells what a key has done. Nothing that identifies a person leaves before the partner has
accepted: a question and a preview have no field for it.
"""

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import Field, model_validator

from integrations.partner.package import Package, canonical
from integrations.partner.payment import BookedPayment, PaymentOrder, PaymentView
from integrations.values import Code, Country, Instant, Opaque, Personal, Sha256, Value

Area = Annotated[str, Field(min_length=1, max_length=80)]


class CountryQuestion(Value):
    """Is it safe and possible there for somebody like this? The case code is opaque."""

    case_code: Opaque
    country: Country
    area: Area
    age_bands: tuple[Code, ...]
    genders: tuple[Code, ...]
    needs: tuple[Code, ...]

    def seal(self) -> str:
        """Hash the question in its canonical form: SHA-256, lower-case hex."""
        return hashlib.sha256(canonical(self.model_dump(mode="json"))).hexdigest()


class CountryInput(Value):
    """The partner's answer to a country question; ``safe`` is None until it is given."""

    reference: Opaque
    safe: bool | None = None
    note_code: Code | None = None


class Preview(Value):
    """What a partner sees before accepting: enough to decide, nothing to recognise anybody by."""

    case_code: Opaque
    age_bands: tuple[Code, ...]
    genders: tuple[Code, ...]
    languages: tuple[Code, ...]
    country: Country
    area: Area
    needs: tuple[Code, ...]
    urgency: Literal["emergency", "urgent", "normal"]
    arrival_from: date
    arrival_to: date
    party_size: int = Field(ge=1, le=30)

    @model_validator(mode="after")
    def window_opens_before_it_closes(self) -> "Preview":
        """Refuse an arrival window that ends before it begins."""
        if self.arrival_to < self.arrival_from:
            raise ValueError("the arrival window ends before it begins")
        return self

    def seal(self) -> str:
        """Hash the preview in its canonical form: SHA-256, lower-case hex. The partner names it when it accepts."""
        return hashlib.sha256(canonical(self.model_dump(mode="json"))).hexdigest()


class HandoverStatus(StrEnum):
    """Where a handover is, as the partner says."""

    OFFERED = "offered"
    ASKED_BACK = "asked_back"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ARRIVAL_CONFIRMED = "arrival_confirmed"
    NO_SHOW = "no_show"
    RECEIVED = "received"
    RECALLED = "recalled"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class HandoverView(Personal):
    """What the partner says of a handover now. The fields repeat what the notices said."""

    reference: Opaque
    status: HandoverStatus
    focal_point: Opaque | None = None
    available_from: date | None = None
    question_code: Code | None = None
    question_text: str | None = Field(default=None, max_length=2000)
    reason_code: Code | None = None
    arrived_at: Instant | None = None
    met: bool | None = None
    condition_code: Code | None = None
    package_hash: Sha256 | None = None
    preview_hash: Sha256 | None = None
    reachable_24_7: bool | None = None
    staff_gender: Code | None = None
    reached_in_private: bool | None = None
    safe: bool | None = None
    accommodation_confirmed: bool | None = None


class Receipt(Value):
    """The partner has the package with this hash."""

    package_hash: Sha256
    received_at: Instant


class Reminder(Value):
    """Whom to ask again, and for what."""

    to: Literal["focal_point", "manager"]
    about: Literal["answer", "name_focal_point", "first_week"]


class ReturnAnswer(Value):
    """Whether we take back whom the partner wants to give back, and why not."""

    accepted: bool
    reason_code: Code | None = None


class Recall(Value):
    """Why a handover is taken back: a word of a list, never a sentence."""

    reason_code: Code


class FoundKind(StrEnum):
    """What a key was used for."""

    COUNTRY_QUESTION = "country_question"
    HANDOVER = "handover"
    ANSWER = "answer"
    PACKAGE = "package"
    REMINDER = "reminder"
    RECALL = "recall"
    RETURN_ANSWER = "return_answer"
    PAYMENT = "payment"
    PAYMENT_CANCELLATION = "payment_cancellation"


class Found(Value):
    """What a key did, and to which handover, payment or country question."""

    kind: FoundKind
    reference: Opaque


class ReintegrationPartner(Protocol):
    """What we ask of a partner. Every verb may raise the three errors of ``integrations.errors``.

    Changing verbs: send again only under the same ``key``; after OutcomeUnknown ``find`` tells. A key
    that came with another request before is refused with ``idempotency_key_reused``. A key or
    reference that is not opaque raises ValueError before anything is sent.
    """

    def ask_country_input(self, question: CountryQuestion, *, key: str) -> str:
        """Ask about a country and area; returns the question's reference."""
        ...

    def offer(self, preview: Preview, *, key: str) -> HandoverView:
        """Offer a handover."""
        ...

    def answer(self, handover_reference: str, text: str, *, key: str) -> None:
        """Answer what the partner asked back; refused with ``no_open_question``."""
        ...

    def send_package(self, reference: str, package: Package, *, key: str) -> Receipt:
        """Send personal data; refused with ``not_accepted``. Compare the receipt's hash with the package's seal."""
        ...

    def remind(self, reference: str, *, to: str, about: str, key: str) -> None:
        """Ask somebody there (``Reminder``) again for what is due."""
        ...

    def recall(self, reference: str, reason_code: str, *, key: str) -> HandoverView:
        """Take the handover back: the partner stops using what it was sent. Possible in every state."""
        ...

    def answer_return(self, reference: str, answer: ReturnAnswer, *, key: str) -> HandoverView:
        """Say whether we take back whom the partner offered to give back; refused with ``no_open_return``."""
        ...

    def order_payment(self, order: PaymentOrder, *, key: str) -> PaymentView:
        """Order one payment; refused with ``handover_not_open``."""
        ...

    def cancel_payment(self, reference: str, *, key: str) -> PaymentView:
        """Stop a payment; refused with ``already_handed_over``."""
        ...

    def look_up(self, reference: str) -> HandoverView:
        """Read a handover; refused with ``not_found``. Repeat freely."""
        ...

    def look_up_payment(self, reference: str) -> PaymentView:
        """Read a payment; refused with ``not_found``. Repeat freely."""
        ...

    def payments_of(self, handover_reference: str) -> tuple[BookedPayment, ...]:
        """Read every payment in the partner's books for a handover; refused with ``not_found``. Repeat freely."""
        ...

    def look_up_country_input(self, reference: str) -> CountryInput:
        """Read the answer to a country question; refused with ``not_found``. Repeat freely."""
        ...

    def find(self, key: str) -> Found | None:
        """Tell what was done under ``key``. Repeat freely."""
        ...

    def close(self) -> None:
        """Give the sockets back. Raises nothing."""
        ...
