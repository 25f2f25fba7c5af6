"""What a partner tells us unasked: one frozen model an event, told apart by ``event``."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from integrations.partner.payment import Amount
from integrations.values import Code, Currency, Instant, Opaque, Personal, Sha256, Value


class Notice(Value):
    """What all notices have: ``id`` is unique for ever, ``at`` is when the partner says it happened."""

    id: Opaque
    at: Instant
    reference: Opaque


class CountryInputGiven(Notice):
    """The partner answered a country question; ``reference`` is the question's."""

    event: Literal["country_input.given"]
    safe: bool
    note_code: Code


class HandoverAskedBack(Notice, Personal):
    """The partner needs to know more before deciding; the clock of the offer pauses."""

    event: Literal["handover.asked_back"]
    question_code: Code
    text: str = Field(min_length=1, max_length=2000)


class HandoverAccepted(Notice):
    """The partner takes the handover; ``focal_point`` is an opaque id of the one who answers for it.

    Without one it counts as not yet accepted. ``preview_hash`` is the seal of the preview it has read.
    """

    event: Literal["handover.accepted"]
    focal_point: Opaque | None = None
    available_from: date
    reachable_24_7: bool | None = None
    staff_gender: Code | None = None
    preview_hash: Sha256 | None = None


class HandoverDeclined(Notice, Personal):
    """The partner does not take the handover; a reason is required, a text may say more."""

    event: Literal["handover.declined"]
    reason_code: Code
    text: str | None = Field(default=None, max_length=2000)


class HandoverCancelled(Notice):
    """The partner had accepted, and can no longer receive the person."""

    event: Literal["handover.cancelled"]
    reason_code: Code


class SafetyRead(Notice):
    """The people on duty have read the risk notes and who must not be told, and know the code word."""

    event: Literal["handover.safety_read"]
    risk_notes_read: bool
    no_contact_read: bool
    code_word_agreed: bool


class FirstWeek(Notice, Personal):
    """The first contact after the arrival: in private or not, safe or not, with safe accommodation or not."""

    event: Literal["handover.first_week"]
    reached_in_private: bool
    safe: bool
    accommodation_confirmed: bool


class PlanRequested(Notice):
    """The partner asks for plan and budget."""

    event: Literal["handover.plan_requested"]


class ReturnOffered(Notice):
    """The partner wants to give the person back; nothing changes until we accept that."""

    event: Literal["handover.return_offered"]
    reason_code: Code


class ArrivalConfirmed(Notice):
    """The person arrived; ``met`` tells whether the partner stood there."""

    event: Literal["handover.arrival_confirmed"]
    arrived_at: Instant
    met: bool
    condition_code: Code


class NoShow(Notice):
    """The person did not come out of the announced flight."""

    event: Literal["handover.no_show"]


class HandoverReceived(Notice):
    """The person is in the partner's care; ``package_hash`` is that of the last package it holds."""

    event: Literal["handover.received"]
    package_hash: Sha256


class PaymentHandedOver(Notice):
    """Money reached the person; ``reference`` is the payment's, ``receipt_hash`` its receipt's SHA-256."""

    event: Literal["payment.handed_over"]
    entitlement: Opaque
    amount: Amount
    currency: Currency
    handed_over_on: date
    receipt_hash: Sha256


class PaymentFailed(Notice):
    """Money did not reach the person; ``reference`` is the payment's."""

    event: Literal["payment.failed"]
    entitlement: Opaque
    reason_code: Code


PartnerNotice = Annotated[
    CountryInputGiven
    | HandoverAskedBack
    | HandoverAccepted
    | HandoverDeclined
    | HandoverCancelled
    | SafetyRead
    | FirstWeek
    | PlanRequested
    | ReturnOffered
    | ArrivalConfirmed
    | NoShow
    | HandoverReceived
    | PaymentHandedOver
    | PaymentFailed,
    Field(discriminator="event"),
]

NOTICE: TypeAdapter[PartnerNotice] = TypeAdapter(PartnerNotice)
