"""The texts that people sign. Each is known by its version and, in each language, by its SHA-256.

A consent row names both. Whoever changes a text gives it a new version and enters its hashes in ``published.toml``.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from api.documents.parts import catalogue
from api.documents.spoken import ASSENT, AUTHORITY, CONTACT, DATA, DECLARATION, TRANSFER
from api.pages.words import LANGUAGES
from models.consent import ConsentKind

PUBLISHED = Path(__file__).parent / "published.toml"
TEXTS: Mapping[ConsentKind, tuple[str, tuple[str, ...]]] = {
    ConsentKind.DECLARATION: ("declaration-1", DECLARATION),
    ConsentKind.DATA: ("data-1", DATA),
    ConsentKind.TRANSFER: ("transfer-1", TRANSFER),
    ConsentKind.ASSENT: ("assent-1", ASSENT),
}
# Consents to pass data on for something else than a reception: what the recipient is bound by differs.
FOR_PURPOSE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "authority": ("transfer-authority-1", AUTHORITY),
    "contact": ("transfer-contact-1", CONTACT),
}


class Text(NamedTuple):
    """A text in one language; ``sha256`` is of its paragraphs in UTF-8, with an empty line between them."""

    version: str
    sha256: str
    paragraphs: tuple[str, ...]


def consent_text(kind: ConsentKind | str, language: str, purpose: str = "") -> Text:
    """The text that is signed now; ``purpose`` is that of a transfer. Raises ValueError for a kind or a language

    that we have no text in.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no text in this language: use one of {', '.join(LANGUAGES)}, with an interpreter")
    known = TEXTS[ConsentKind(kind)]
    version, paragraphs = FOR_PURPOSE.get(purpose, known) if kind == ConsentKind.TRANSFER else known
    said = tuple(str(catalogue(language).gettext(one)) for one in paragraphs)
    return Text(version, hash_of(said), said)


def hash_of(paragraphs: tuple[str, ...]) -> str:
    """Lower-case hex."""
    return hashlib.sha256("\n\n".join(paragraphs).encode()).hexdigest()


@cache
def published() -> Mapping[str, Mapping[str, str]]:
    """Every text that was ever signed: by version and language, its hash."""
    return tomllib.loads(PUBLISHED.read_text(encoding="utf-8"))


def is_published(version: str, language: str, sha256: str) -> bool:
    """Whether a consent row names a text of ours as it was."""
    return published().get(version, {}).get(language) == sha256
