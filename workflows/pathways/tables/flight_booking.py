"""Rules of routes: what a journey must not do, what it had better not do, and how much each counts."""

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from workflows.pathways.row import Row

Country = str
EVERY = "*"


class Routing(Row):
    """How strictly one rule is kept: broken, it rules an offer out (``hard_for``), or costs it points."""

    table: ClassVar[str] = "routing"
    rule: Literal[
        "listed", "connection", "duration", "daylight", "reception", "visa", "night_stop", "carrier", "minor",
        "learned", "direct", "together",
    ]  # fmt: skip
    hard_for: Literal["everybody", "vulnerable", "nobody"]
    weight: int = Field(default=0, ge=0, le=100)


class NoTransit(Row):
    """A country (two letters) or an airport that nobody changes planes in."""

    table: ClassVar[str] = "no_transit"
    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    airport: str = Field(default="", pattern=r"^([A-Z]{3})?$")

    @model_validator(mode="after")
    def names_a_place(self) -> "NoTransit":
        """One of the two."""
        if bool(self.country) == bool(self.airport):
            raise ValueError("name a country or an airport, and not both")
        return self


class Connection(Row):
    """The shortest time to change planes at an airport; ``*`` is every other."""

    table: ClassVar[str] = "connection"
    airport: str = Field(pattern=r"^([A-Z]{3}|\*)$")
    minutes: int = Field(ge=0, le=1440)


class LocalHours(Row):
    """Hours on the clock of a country (``*``: every other) in which something may happen: from, up to before."""

    table: ClassVar[str] = "local_hours"
    of: Literal["daylight", "reception"]
    country: str = Field(pattern=r"^([A-Z]{2}|\*)$")
    from_hour: int = Field(ge=0, le=23)
    to_hour: int = Field(ge=1, le=24)


class TransitVisa(Row):
    """Nationalities (three letters) that need a visa to change planes in these countries.

    ``airside``: even without leaving the transit area. ``landside``: when the airport changes or the stop is long.
    """

    table: ClassVar[str] = "transit_visa"
    side: Literal["airside", "landside"]
    nationalities: tuple[str, ...]
    countries: tuple[str, ...]


class CarrierRefusal(Row):
    """A carrier (two characters; ``*``: every one) that does not take a kind of document."""

    table: ClassVar[str] = "carrier_refusal"
    carrier: str
    document: str


class Minor(Row):
    """From which age a carrier takes a child without an adult, and over how many connections."""

    table: ClassVar[str] = "unaccompanied_minor"
    carrier: str
    from_age: int = Field(ge=0, le=18)
    connections: int = Field(ge=0, le=2)
