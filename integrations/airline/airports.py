"""Where an airport is and which time its clocks show."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import airportsdata


class UnknownAirport(Exception):
    """An airport we have no time zone for, so its local times cannot be placed."""


def zone_of(airport: str) -> ZoneInfo:
    """The airport's time zone. Raises UnknownAirport."""
    if airport not in airports():
        raise UnknownAirport
    return ZoneInfo(airports()[airport]["tz"])


@cache
def airports() -> Mapping[str, Any]:
    """Every airport with an IATA code, read once."""
    loaded: Mapping[str, Any] = airportsdata.load("IATA")
    return loaded
