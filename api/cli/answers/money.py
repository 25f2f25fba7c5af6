"""Vendors, quotes, proofs, payments, and what is checked after them."""

import hashlib
from datetime import date
from typing import Any

from api.cli.answers.common import Answer
from api.cli.cast import Life

PRICES = {"tools": "600", "market": "640", "smith": "655"}


def tools_of(life: Life) -> str:
    """The shop in the country of return that sells tools cheapest."""
    return f"{life.country.lower()}-tools"


def payee_of(life: Life) -> str:
    """A landlord there."""
    return f"{life.country.lower()}-homes"


def paper(*parts: str) -> str:
    """The hash of an invented paper, another one for each thing."""
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def quotes(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Three shops."""
    shops = {f"{life.country.lower()}-{name}": price for name, price in PRICES.items()}
    return {
        "about": subject, "chosen": tools_of(life),
        "quotes": [{"vendor": shop, "amount": price, "sha256": paper(subject, shop)} for shop, price in shops.items()],
        "vendors": [
            {"code": shop, "kind": "vendor", "method": "bank", "name": f"Vendor {shop}", "account": f"XX00-{shop}"}
            for shop in shops
        ],
    }  # fmt: skip


def evidence(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Everything that any trigger of the plan asks for."""
    kinds = ("invoice", "visit_report", "lease")
    proofs: list[dict[str, Any]] = [{"kind": kind, "sha256": paper(kind, subject)} for kind in kinds]
    photo = {"kind": "photo", "sha256": paper("photo", subject), "without_faces": True}
    return {"about": subject, "proofs": [*proofs, photo]}


def payee(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The landlord's account is written down anew."""
    code = payee_of(life)
    return {"about": subject, "code": code, "kind": "vendor", "method": "bank", "name": f"Vendor {code}",
            "account": f"XX01-{code}"}  # fmt: skip


def payee_check(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Called back."""
    return {"about": subject, "verified": True, "how": "called_back"}


def payee_review(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Looked at and allowed."""
    return {"about": subject, "allowed": True, "reason": "asked_in_private"}


def payment(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Paid, with a receipt."""
    return {"about": subject, "outcome": "paid", "receipt": paper("receipt", subject)}


def reconciliation(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Compared by hand; all match."""
    return {"about": subject, "read": 1}


def difference(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The partner corrects its books."""
    return {"about": subject, "cause": "partner_corrects"}


def spot_check(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The certificate agrees, where the person can be reached."""
    if life.out_of_reach:
        return {"about": subject, "outcome": "not_reached"}
    return {"about": subject, "outcome": "confirmed", "certificate": paper("certificate", subject)}


def claw_back_decision(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A second person agrees."""
    return {"about": subject, "approved": True}


ANSWERS: dict[str, Answer] = {
    "quotes": quotes,
    "evidence": evidence,
    "payee": payee,
    "payee_check": payee_check,
    "payee_review": payee_review,
    "payment": payment,
    "reconciliation": reconciliation,
    "money_difference": difference,
    "spot_check": spot_check,
    "claw_back_decision": claw_back_decision,
}
