"""Every text that a page, a message or a document says is there in each language that its readers speak."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from api.pages.words import LANGUAGES
from workflows.catalogues import translations

ROOT = Path(__file__).parents[2]
PEOPLE = tuple(language for language in LANGUAGES if language != "en")
STAFF = ("tr",)
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext.babel_extract")]
OPTIONS = {"**/templates/**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}}
# Who reads what is found where; everything else in the doors is for the staff.
READ_BY_PEOPLE = ("api/pages/partner", "api/pages/person", "api/pages/templates/partner",
                  "api/pages/templates/person", "api/documents", "workflows/messages")  # fmt: skip
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")


def texts(folder: str) -> Iterator[tuple[str, str]]:
    """Where each text stands, and the text."""
    found = extract_from_dir(ROOT / folder, METHODS, OPTIONS, keywords=KEYWORDS, strip_comment_tags=True)
    for file, _line, message, _comments, _context in found:
        for text in (message,) if isinstance(message, str) else message[:1]:
            yield f"{folder}/{file}", text


def said_in(language: str) -> set[str]:
    """Every text that a language has."""
    folders = (ROOT / "api/words", ROOT / "workflows/words")
    known = translations(folders, language)._catalog  # type: ignore[attr-defined]
    return {key[0] if isinstance(key, tuple) else key for key in known} - {""}


@pytest.mark.parametrize("language", PEOPLE)
def test_a_language_has_every_text_that_its_readers_meet(language: str) -> None:
    known = said_in(language)
    wanted = [one for folder in ("api", "workflows") for one in texts(folder)]
    mine = [one for one in wanted if language in STAFF or one[0].startswith(READ_BY_PEOPLE)]
    assert sorted({f"{where}: {text}" for where, text in mine if text not in known}) == []


def catalogues() -> list[Path]:
    """Every file of words."""
    return sorted([*(ROOT / "api/words").glob("*/*.po"), *(ROOT / "workflows/words").glob("*/*.po")])


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_translation_names_the_same_values_and_every_plural(path: Path) -> None:
    language = path.parent.name
    with path.open("rb") as source:
        catalog = read_po(source, locale="uz_Latn" if language == "uz" else language)
    for message in catalog:
        if not message.id:
            continue
        plural = isinstance(message.id, list | tuple)
        forms = list(message.string) if plural else [message.string]
        assert all(forms), f"{message.id} is not translated"
        assert not plural or len(forms) == catalog.num_plurals, f"{message.id} lacks a plural form"
        asked = placeholders(message.id[-1] if plural else message.id)
        for form in forms:
            assert placeholders(form) <= asked, f"{message.id}: a value that nobody gives"
        assert placeholders(forms[-1]) == asked, f"{message.id}: a value is left out"


def placeholders(text: str) -> set[str]:
    """The values that a text shows."""
    return {name for pair in PLACEHOLDER.findall(text) for name in pair if name}
