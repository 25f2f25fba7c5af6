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
    """The partner takes the handover; ``focal_point`` is an opaque id of the one who answers for it."""

    event: Literal["handover.accepted"]
    focal_point: Opaque
    available_from: date


class HandoverDeclined(Notice):
    """The partner does not take the handover."""

    event: Literal["handover.declined"]
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
    | ArrivalConfirmed
    | NoShow
    | HandoverReceived
    | PaymentHandedOver
    | PaymentFailed,
    Field(discriminator="event"),
]

NOTICE: TypeAdapter[PartnerNotice] = TypeAdapter(PartnerNotice)
