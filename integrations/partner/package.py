"""The sealed package: what an accepting partner learns, in three stages, and the hash that proves it.

The hash is known before a byte leaves, so that the disclosure can be written down first; the
partner's receipt must carry the same one.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from integrations.partner.payment import Amount
from integrations.values import Code, Currency, Instant, Personal, Sha256


class PersonData(Personal):
    """One traveller, as the partner must be able to recognise them."""

    given_names: str = Field(min_length=1, max_length=200)
    family_name: str = Field(min_length=1, max_length=200)
    native_name: str | None = Field(default=None, max_length=200)
    born_on: date
    sex: Literal["F", "M", "X"]
    role: Literal["principal", "dependant"]


class IdentityPackage(Personal):
    """Who comes and what they need on the day. ``no_contact_note``: who must not be told, or reached."""

    people: tuple[PersonData, ...] = Field(min_length=1)
    phone: str | None = Field(default=None, max_length=30)
    reception_needs: tuple[Code, ...] = ()
    medical_alerts: tuple[Code, ...] = ()
    staff_gender: Literal["woman", "man"] | None = None
    no_contact_note: str | None = Field(default=None, max_length=2000)


class FlightLeg(Personal):
    """One flight, its times as instants."""

    carrier: str = Field(pattern=r"^[A-Z0-9]{2}$")
    number: str = Field(pattern=r"^[0-9]{1,4}[A-Z]?$")
    origin: str = Field(pattern=r"^[A-Z]{3}$")
    destination: str = Field(pattern=r"^[A-Z]{3}$")
    departs_at: Instant
    arrives_at: Instant


class ArrivalPackage(Personal):
    """When and where to meet. Known late on purpose: it tells where a person will stand, and when."""

    flights: tuple[FlightLeg, ...] = Field(min_length=1)
    meeting_point: str = Field(min_length=1, max_length=200)


class PlanLine(Personal):
    """One part of the support that was agreed: a word for what, how much, when."""

    label_code: Code
    amount: Amount
    currency: Currency
    due_on: date


class PlanPackage(Personal):
    """Plan and budget, when the partner asks for them."""

    lines: tuple[PlanLine, ...] = Field(min_length=1)


STAGES = {"identity": IdentityPackage, "arrival": ArrivalPackage, "plan": PlanPackage}


class Package(Personal):
    """One stage of a handover's personal data. ``replaces`` is the hash of the package it corrects."""

    stage: Literal["identity", "arrival", "plan"]
    fields: IdentityPackage | ArrivalPackage | PlanPackage
    replaces: Sha256 | None = None

    @model_validator(mode="after")
    def fields_fit_the_stage(self) -> "Package":
        """Refuse identity data that calls itself an arrival, and the reverse."""
        if not isinstance(self.fields, STAGES[self.stage]):
            raise ValueError("the fields do not belong to the stage")
        return self

    def sealed_bytes(self) -> bytes:
        """Write the package as the exact bytes that will be sent: canonical JSON, instants in UTC."""
        return canonical(self.model_dump(mode="json"))

    def seal(self) -> str:
        """Hash the sealed bytes: SHA-256, lower-case hex."""
        return hashlib.sha256(self.sealed_bytes()).hexdigest()

    def manifest(self) -> list[str]:
        """List what is in it: every field that says something, and of a list how many; no value."""
        return sorted(listed("", self.fields.model_dump(exclude_none=True)))


def listed(name: str, value: Any) -> Iterator[str]:
    """The names of fields in a value, with dots."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from listed(f"{name}.{key}" if name else key, part)
    elif isinstance(value, tuple | list):
        for number, part in enumerate(value):
            yield from listed(f"{name}[{number}]", part)
    else:
        yield name


def canonical(plain: Any) -> bytes:
    """Write plain values as JSON in the one form that is hashed."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
