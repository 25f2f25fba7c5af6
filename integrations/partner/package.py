"""The sealed package: what an accepting partner learns, in two stages, and the hash that proves it.

The hash is known before a byte leaves, so that the disclosure can be written down first; the
partner's receipt must carry the same one.
"""

import hashlib
import json
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from integrations.values import Code, Instant, Personal, Sha256


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


class Package(Personal):
    """One stage of a handover's personal data. ``replaces`` is the hash of the package it corrects."""

    stage: Literal["identity", "arrival"]
    fields: IdentityPackage | ArrivalPackage
    replaces: Sha256 | None = None

    @model_validator(mode="after")
    def fields_fit_the_stage(self) -> "Package":
        """Refuse identity data that calls itself an arrival, and the reverse."""
        if (self.stage == "identity") != isinstance(self.fields, IdentityPackage):
            raise ValueError("the fields do not belong to the stage")
        return self

    def sealed_bytes(self) -> bytes:
        """Write the package as the exact bytes that will be sent: canonical JSON, instants in UTC."""
        plain = self.model_dump(mode="json")
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def seal(self) -> str:
        """Hash the sealed bytes: SHA-256, lower-case hex."""
        return hashlib.sha256(self.sealed_bytes()).hexdigest()
