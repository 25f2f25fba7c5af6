"""The words of forms in the reader's language: a title for each kind, a label for each field and each value.

``words/<language>/<noun>.toml`` has ``[groups]`` (titles of nouns), ``[kinds]`` (title, or title and why we ask),
``[fields]`` (label, or label and hint; ``field`` or ``Model.field``), ``[options]`` (``field.value``,
``Model.field.value`` or ``value``), ``[errors]`` (by the kind of trouble) and ``[said]`` (the English words of our own
checks, in the reader's language).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from api.forms.setting import keys_of
from workflows.explain import phrases
from workflows.records.table import NOUNS

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "tr")
PARTS = ("groups", "kinds", "fields", "options", "errors", "said")
Words = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Labels:
    """One language."""

    language: str
    parts: Mapping[str, Words]

    def kind(self, kind: str) -> tuple[str, str]:
        """The title of a kind of fact, and why we ask it ("" where this is plain). Raises KeyError."""
        return self.parts["kinds"][kind]

    def group(self, kind: str) -> str:
        """The title under which the kinds of a noun stand together. Raises KeyError."""
        return self.parts["groups"][nouns()[kind]][0]

    def field(self, model: type[BaseModel], name: str) -> tuple[str, str]:
        """The label of a field and its hint. Raises KeyError."""
        known = self.parts["fields"]
        return next((known[key] for key in keys_of(model, name) if key in known), None) or known[name]

    def option(self, model: type[BaseModel], name: str, value: str) -> str:
        """A value of a field. Raises KeyError."""
        found = self.word([*(f"{key}.{value}" for key in keys_of(model, name)), value])
        if found is None:
            raise KeyError(f"{model.__name__}.{name}.{value}")
        return found

    def word(self, keys: list[str]) -> str | None:
        """The first that is known, else the phrase that reasons use for the last."""
        known = self.parts["options"]
        found = next((known[key][0] for key in keys if key in known), None)
        return found or capital(spoken(self.language).get(keys[-1], ""), self.language) or None

    def text(self, key: str) -> str:
        """A sentence of the forms themselves. Raises KeyError."""
        return self.parts["errors"][key][0]


@cache
def nouns() -> dict[str, str]:
    """The file in which each kind of fact is recorded."""
    return {fact.kind: noun.__name__.rpartition(".")[2] for noun in NOUNS for fact in noun.FACTS}


def capital(text: str, language: str) -> str:
    """With a capital at its beginning: in Turkish i becomes İ."""
    first = "İ" if language == "tr" and text[:1] == "i" else text[:1].upper()
    return first + text[1:]


@cache
def spoken(language: str) -> dict[str, str]:
    """The codes, points and roles that reasons are told with."""
    known = phrases(language)
    return {code: word for part in ("points", "checklist", "codes") for code, word in known[part].items()}


@cache
def labels(language: str) -> Labels:
    """A language; an unknown one reads as English. Raises ValueError when two files say the same thing."""
    name = language if language in LANGUAGES else "en"
    parts: dict[str, Words] = {part: {} for part in PARTS}
    for path in sorted((FOLDER / name).glob("*.toml")):
        for part, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if twice := words.keys() & parts[part].keys():
                raise ValueError(f"{path.name}: said in another file too: {', '.join(sorted(twice))}")
            parts[part] |= {key: pair(said) for key, said in words.items()}
    return Labels(name, parts)


def pair(said: str | list[str]) -> tuple[str, str]:
    """One text, or a text with a second beside it."""
    return (said, "") if isinstance(said, str) else (said[0], said[1])
