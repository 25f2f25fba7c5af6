"""What documents are made of: parts of a few kinds, each drawn by ``templates/parts.typ``; and words in a direction."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from babel.support import Translations

from api.pages import words
from workflows.catalogues import compiled

Part = dict[str, Any]
LTR, FIRST_STRONG, END = "\u2066", "\u2068", "\u2069"  # bidi isolates (UAX #9)
DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F))
HASH_GROUP = 8


@cache
def catalogue(language: str) -> Translations:
    """The words of documents alone: a word of another catalogue must not change a text that somebody signed."""
    known = Translations()
    for path in sorted((words.FOLDER / language).glob("documents*.po")):
        known.merge(compiled(path, language))
    return known


class Words:
    """The words of one language: call it with an English text."""

    def __init__(self, language: str) -> None:
        self.language = language

    @property
    def comma(self) -> str:
        """What stands between the things of a list."""
        return "، " if words.locale(self.language).text_direction == "rtl" else ", "

    @property
    def semicolon(self) -> str:
        """What stands between lists."""
        return "؛ " if words.locale(self.language).text_direction == "rtl" else "; "

    def __call__(self, text: str, **values: str) -> str:
        """The text in the language, with its values set apart from the text around them."""
        said = str(catalogue(self.language).gettext(text))
        return said.format(**{name: isolated(value) for name, value in values.items()}) if values else said

    def day(self, on: date | None) -> str:
        """A date in the Gregorian calendar."""
        return apart(words.day(on, self.language))

    def moment(self, at: datetime | None, zone: str) -> str:
        """An instant in a place's time, with the offset."""
        return apart(words.moment(at, self.language, zone))

    def country(self, alpha2: str | None) -> str:
        """A country's name."""
        return words.country(alpha2, self.language)


def apart(text: str) -> str:
    """Words of ours that run in their own direction; a date may bring marks for it along."""
    return f"{FIRST_STRONG}{text}{END}"


def isolated(text: str) -> str:
    """A name or a sentence of another's, which runs in its own direction and changes that of nothing around it."""
    return apart(text.translate(DIRECTIONS))


def code(text: object) -> str:
    """A number, a reference or a code: from left to right wherever it stands."""
    return f"{LTR}{str(text).translate(DIRECTIONS)}{END}"


def grouped(sha256: str) -> str:
    """A hash in groups that can be read aloud."""
    return code(" ".join(sha256[start : start + HASH_GROUP] for start in range(0, len(sha256), HASH_GROUP)))


def texts(items: Iterable[str], heading: str = "", *, numbered: bool = False) -> Part:
    """Paragraphs."""
    return {"kind": "texts", "heading": heading, "items": list(items), "numbered": numbered}


def fields(rows: Iterable[tuple[str, str | None]], heading: str = "") -> Part:
    """Names of fields and what stands in them; a field without a value is left out."""
    return {"kind": "fields", "heading": heading, "rows": [list(row) for row in rows if row[1]]}


def table(head: Sequence[str], rows: Iterable[Sequence[str]], heading: str = "", widths: Sequence[float] = ()) -> Part:
    """A table with a heading row. ``widths`` are shares; without them the first column is as wide as it must be."""
    body = [list(row) for row in rows]
    return {"kind": "table", "heading": heading, "head": list(head), "rows": body, "widths": list(widths)}


def checks(items: Iterable[str], heading: str = "") -> Part:
    """Things to tick off."""
    return {"kind": "checks", "heading": heading, "items": list(items)}


def signatures(people: Iterable[str], labels: Sequence[str], heading: str = "") -> Part:
    """A line to sign on for each, with the labels of the lines: name, date, signature."""
    return {"kind": "signatures", "heading": heading, "people": list(people), "labels": list(labels)}


def flights(legs: Iterable[dict[str, str]], heading: str = "") -> Part:
    """Flights: ``number``, ``day``, and of both ends ``time``, ``zone``, ``place`` (``from_…``, ``to_…``)."""
    return {"kind": "flights", "heading": heading, "legs": list(legs)}


def note(text: str) -> Part:
    """One sentence that must not be overlooked."""
    return {"kind": "note", "heading": "", "text": text}
