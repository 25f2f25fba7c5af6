"""Where each part of a machine-readable zone stands, by the form of the document (ICAO Doc 9303)."""

from collections.abc import Mapping
from dataclasses import dataclass

Part = tuple[int, int, int]  # which line, from, to


@dataclass(frozen=True)
class Layout:
    """Where each part of a zone stands; a part's check digit follows it. ``composite`` lists what the last covers."""

    width: int
    issuer: Part
    names: Part
    number: Part
    nationality: Part
    birth: Part
    sex: Part
    expiry: Part
    optional: Part
    personal: Part | None = None
    composite: tuple[Part, ...] = ()
    second_optional: Part | None = None


def booklet(width: int, optional_until: int, composite: tuple[Part, ...] = (), personal: Part | None = None) -> Layout:
    """Two lines: names on the first, everything else on the second."""
    return Layout(
        width, issuer=(0, 2, 5), names=(0, 5, width), number=(1, 0, 9), nationality=(1, 10, 13), birth=(1, 13, 19),
        sex=(1, 20, 21), expiry=(1, 21, 27), optional=(1, 28, optional_until), personal=personal, composite=composite,
    )  # fmt: skip


LAYOUTS: Mapping[str, Layout] = {
    "TD3": booklet(44, 42, ((1, 0, 10), (1, 13, 20), (1, 21, 43)), personal=(1, 28, 42)),
    "TD2": booklet(36, 35, ((1, 0, 10), (1, 13, 20), (1, 21, 35))),
    "TD1": Layout(
        30, issuer=(0, 2, 5), names=(2, 0, 30), number=(0, 5, 14), nationality=(1, 15, 18), birth=(1, 0, 6),
        sex=(1, 7, 8), expiry=(1, 8, 14), optional=(0, 15, 30), second_optional=(1, 18, 29),
        composite=((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    ),
    "MRV-A": booklet(44, 44),
    "MRV-B": booklet(36, 36),
}  # fmt: skip
