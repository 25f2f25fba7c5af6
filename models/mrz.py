"""Machine-readable zones of travel documents after ICAO Doc 9303: TD1, TD2, TD3, and the visas MRV-A and MRV-B.

Read as they stand: nothing is corrected, and a name of the zone is a spelling, not a person (fault F48).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.mrz_layouts import LAYOUTS, Layout, Part

WEIGHTS = (7, 3, 1)
LETTERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
NOT_A_ZONE = "the lines are not a TD1, TD2 or TD3 zone: copy them as printed, with every <"
# Codes that Doc 9303 prints where ISO 3166 has others; the XX ones mean that there is no nationality to print.
COUNTRIES = {"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR", "RKS": "XKX"}
STATELESS, REFUGEES = "XXA", ("XXB", "XXC")


@dataclass(frozen=True)
class PartialDate:
    """A date of which day, month or even the year may be unknown."""

    year: int | None
    month: int | None
    day: int | None

    def agrees_with(self, day: date) -> bool:
        """Whether the known parts are those of a day."""
        known = ((self.year, day.year), (self.month, day.month), (self.day, day.day))
        return all(mine is None or mine == theirs for mine, theirs in known)


@dataclass(frozen=True)
class Zone:
    """A zone as it stands. ``birth`` and ``expiry`` are its six characters: the century needs a date to go by."""

    form: str
    code: str
    issuer: str
    family_name: str
    given_names: str
    names_cut: bool
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    personal: str
    wrong: tuple[str, ...]

    def born(self, by: date) -> PartialDate:
        """The birth date, in the last century in which it does not lie after ``by``. Raises ValueError."""
        years, month, day = (number_in(self.birth[at : at + 2]) for at in (0, 2, 4))
        if years is None:
            return PartialDate(None, month, day)
        year = by.year - by.year % 100 + years
        is_later = (year, month or 1, day or 1) > (by.year, by.month, by.day)
        return checked(PartialDate(year - 100 if is_later else year, month, day))

    def expires_on(self, near: date) -> date:
        """The day of expiry, in the century that brings it nearest to ``near``. Raises ValueError."""
        years, month, day = (number_in(self.expiry[at : at + 2]) for at in (0, 2, 4))
        if years is None or month is None or day is None:
            raise ValueError("the zone gives no day of expiry: read it from the page")
        year = near.year - near.year % 100 + years
        year += 100 if year < near.year - 50 else -100 if year >= near.year + 50 else 0
        return date(year, month, day)

    @property
    def country(self) -> str:
        """The issuer as ISO 3166 writes it, where it is a country."""
        return COUNTRIES.get(self.issuer, self.issuer)


def number_in(text: str) -> int | None:
    """Two digits; None where the zone says that they are unknown. Raises ValueError."""
    if set(text) <= {"<"}:
        return None
    if not text.isdigit():
        raise ValueError("a date of the zone is not made of digits: read the zone again")
    return int(text)


def checked(partial: PartialDate) -> PartialDate:
    """Let no month or day through that no calendar has. Raises ValueError."""
    date(partial.year or 2000, partial.month or 1, partial.day or 1)
    return partial


def check_digit(text: str) -> int:
    """The check digit of a field: weights 7, 3, 1 over digits, letters A=10 to Z=35, and ``<`` as 0."""
    values = [0 if letter == "<" else int(letter, 36) for letter in text]
    return sum(value * WEIGHTS[place % 3] for place, value in enumerate(values)) % 10


def form_of(lines: Sequence[str]) -> str:
    """Which form these lines have. Raises ValueError when they have none."""
    width = len(lines[0]) if lines else 0
    forms = {(3, 30): "TD1", (2, 36): "TD2", (2, 44): "TD3"}
    form = forms.get((len(lines), width))
    if form is None or any(len(line) != width or set(line) - LETTERS for line in lines):
        raise ValueError(NOT_A_ZONE)
    is_visa = lines[0].startswith("V") and form != "TD1"
    return {"TD3": "MRV-A", "TD2": "MRV-B"}[form] if is_visa else form


def part(lines: Sequence[str], where: Part) -> str:
    """One part of a zone."""
    line, start, end = where
    return lines[line][start:end]


def number_and_digit(lines: Sequence[str], layout: Layout) -> tuple[str, str, str]:
    """The number, its check digit, and what is left of the optional data.

    Where a number is longer than nine characters a card prints ``<`` for the digit, and the rest of the number
    with the digit at the head of the optional data.
    """
    line, _, end = layout.number
    number, digit, optional = part(lines, layout.number), lines[line][end], part(lines, layout.optional)
    more, _, left = optional.partition("<")
    if digit == "<" and layout.personal is None and len(more) >= 2 and number.rstrip("<") == number:
        return number + more[:-1], more[-1], left
    return number, digit, optional


def wrong_digits(lines: Sequence[str]) -> list[str]:
    """The fields whose check digit is wrong. Raises ValueError when the lines have no known format."""
    layout = LAYOUTS[form_of(lines)]
    number, digit, _ = number_and_digit(lines, layout)
    wrong = [] if str(check_digit(number)) == digit else ["number"]
    for name in ("birth", "expiry", "personal"):
        where: Part | None = getattr(layout, name)
        if where and not agrees(part(lines, where), lines[where[0]][where[2]], may_be_blank=name == "personal"):
            wrong.append(name)
    if layout.composite:
        covered = "".join(part(lines, where) for where in layout.composite)
        wrong += [] if agrees(covered, lines[1][layout.width - 1]) else ["composite"]
    return wrong


def agrees(text: str, digit: str, *, may_be_blank: bool = False) -> bool:
    """Whether a check digit is right; an empty personal number may have ``<`` for it."""
    is_blank = may_be_blank and digit == "<" and not text.strip("<")
    return is_blank or str(check_digit(text)) == digit


def read(lines: Sequence[str]) -> Zone:
    """A zone as it stands, with the fields whose check digit is wrong. Raises ValueError for no known format."""
    form = form_of(lines)
    layout = LAYOUTS[form]
    number, _, optional = number_and_digit(lines, layout)
    more = part(lines, layout.second_optional) if layout.second_optional else ""
    names = part(lines, layout.names)
    family, _, given = names.strip("<").partition("<<")
    sex = part(lines, layout.sex)
    return Zone(
        form, lines[0][:2].strip("<"), part(lines, layout.issuer).rstrip("<"), spaced(family), spaced(given),
        not names.endswith("<"), number.rstrip("<"), part(lines, layout.nationality).rstrip("<"),
        part(lines, layout.birth), sex if sex in "FM" else "X", part(lines, layout.expiry),
        (optional.rstrip("<") + more.rstrip("<")).strip("<"), tuple(wrong_digits(lines)),
    )  # fmt: skip


def spaced(name: str) -> str:
    """A name of the zone with spaces where it prints fillers."""
    return " ".join(filter(None, name.split("<")))


def number_of(lines: Sequence[str]) -> str:
    """The document number that the zone holds, all of it. Raises ValueError when the lines have no known format."""
    return number_and_digit(lines, LAYOUTS[form_of(lines)])[0].rstrip("<")
