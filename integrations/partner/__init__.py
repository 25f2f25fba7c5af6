"""A reintegration partner in the country of return, who receives, supports and pays."""

from integrations.partner.adapter import PartnerAdapter, open_partner
from integrations.partner.contract import (
    CountryInput,
    CountryQuestion,
    Found,
    FoundKind,
    HandoverStatus,
    HandoverView,
    Preview,
    Receipt,
    ReintegrationPartner,
)
from integrations.partner.notices import (
    ArrivalConfirmed,
    CountryInputGiven,
    HandoverAccepted,
    HandoverAskedBack,
    HandoverDeclined,
    HandoverReceived,
    NoShow,
    PartnerNotice,
    PaymentFailed,
    PaymentHandedOver,
)
from integrations.partner.package import ArrivalPackage, FlightLeg, IdentityPackage, Package, PersonData
from integrations.partner.payment import BookedPayment, PaymentOrder, PaymentStatus, PaymentView
from integrations.partner.webhooks import read, verify

__all__ = [
    "ArrivalConfirmed",
    "ArrivalPackage",
    "BookedPayment",
    "CountryInput",
    "CountryInputGiven",
    "CountryQuestion",
    "FlightLeg",
    "Found",
    "FoundKind",
    "HandoverAccepted",
    "HandoverAskedBack",
    "HandoverDeclined",
    "HandoverReceived",
    "HandoverStatus",
    "HandoverView",
    "IdentityPackage",
    "NoShow",
    "Package",
    "PartnerAdapter",
    "PartnerNotice",
    "PaymentFailed",
    "PaymentHandedOver",
    "PaymentOrder",
    "PaymentStatus",
    "PaymentView",
    "PersonData",
    "Preview",
    "Receipt",
    "ReintegrationPartner",
    "open_partner",
    "read",
    "verify",
]
