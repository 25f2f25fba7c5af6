"""Money a partner hands over for us."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from integrations.values import Code, Currency, Opaque, Sha256, Value

# In major units (euros, not cents); three decimals because some currencies have them.
Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3, allow_inf_nan=False)]


class PaymentOrder(Value):
    """Money for the partner to hand over. ``entitlement`` is opaque: one entitlement is paid once."""

    handover_reference: Opaque
    entitlement: Opaque
    amount: Amount
    currency: Currency
    label_code: Code


class PaymentStatus(StrEnum):
    """Where a payment is."""

    ORDERED = "ordered"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PaymentView(Value):
    """What the partner says of a payment now; the receipt fields only once it was handed over."""

    reference: Opaque
    status: PaymentStatus
    handed_over_on: date | None = None
    receipt_hash: Sha256 | None = None
    reason_code: Code | None = None
