"""What a template needs to show a form: fields with words, values and troubles, and nothing of any model."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Widget = Literal[
    "text", "area", "number", "date", "moment", "flag", "radios", "select", "checks", "lines", "hash", "hashes",
    "hidden", "group", "rows", "row", "grid",
]  # fmt: skip


@dataclass(frozen=True)
class Option:
    """One value that may be chosen, with its word. ``lang``: where the word is not in the reader's language."""

    value: str
    label: str
    hint: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Field:
    """One field, or a group of them. ``parts``: the fields of a group, the rows of a list.

    ``can_grow``: rows may be added; ``optional``: it may be left empty; ``suggested``: the id of a list of values.
    """

    widget: Widget
    name: str
    label: str
    hint: str = ""
    why: str = ""
    error: str = ""
    optional: bool = False
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    parts: tuple["Field", ...] = ()
    longest: int | None = None
    can_grow: bool = False
    is_used: bool = True
    suggested: str = ""

    @property
    def id(self) -> str:
        """The id of the field on the page."""
        return "f-" + self.name.replace(".", "-")

    @property
    def value(self) -> str:
        """What was typed or chosen."""
        return self.values[0] if self.values else ""

    @property
    def target(self) -> str:
        """The id that a summary of troubles links to: the first thing in it that can be focused."""
        if self.widget == "moment":
            return f"{self.id}-day"
        if self.widget in ("radios", "checks") and self.options:
            return f"{self.id}-{self.options[0].value}"
        return self.id

    @property
    def is_long(self) -> bool:
        """A group or rows: its own parts carry the words."""
        return self.widget in ("group", "rows", "row", "grid")

    @property
    def is_short(self) -> bool:
        """A row that is named and asks for no more than two things: it fits beside others like it."""
        asked = [part for part in self.parts if part.widget != "hidden"]
        named = len(self.parts) - len(asked) > 1
        return named and len(asked) <= 2

    def leaves(self) -> Iterator["Field"]:
        """Everything in it that can be filled in."""
        if not self.is_long:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def every(self) -> Iterator["Field"]:
        """Itself and everything in it."""
        yield self
        for part in self.parts:
            yield from part.every()


@dataclass(frozen=True)
class Trouble:
    """What is the matter with a field, in the reader's language; a name without field is about the whole form."""

    name: str
    text: str
    target: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Form:
    """A whole form."""

    title: str
    why: str
    fields: tuple[Field, ...]
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_long(self) -> bool:
        """More than about six things to fill in: the answers are shown once more before they are sent."""
        leaves = [leaf for field in self.fields for leaf in field.leaves() if leaf.widget != "hidden"]
        return len(leaves) > 6 or any(field.widget == "rows" for field in self.fields)
