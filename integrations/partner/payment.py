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
    """Money for the partner to hand over. ``entitlement`` is opaque: one entitlement is paid once.

    ``payee_reference`` names the account as we verified it; the account itself is in the partner's own books.
    """

    handover_reference: Opaque
    entitlement: Opaque
    amount: Amount
    currency: Currency
    label_code: Code
    payee_kind: Code
    payee_reference: Opaque


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


class BookedPayment(PaymentView):
    """A payment as it stands in the partner's list: what was paid for which entitlement."""

    entitlement: Opaque
    amount: Amount
    currency: Currency
    payee_reference: Opaque | None = None
