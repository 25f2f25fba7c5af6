"""Words for people outside the staff: gettext catalogues, ``<folder>/<language>/<noun>.po``, read once.

A translation that carries the flag ``fuzzy`` waits for a reader's review, and is used until then.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations


@cache
def translations(folders: tuple[Path, ...], language: str) -> Translations:
    """All catalogues of a language in some folders; a text that none of them has stays as it is."""
    known = Translations()
    for folder in folders:
        for path in sorted((folder / language).glob("*.po")):
            one = compiled(path, language)
            known.merge(one)
            known.plural = one.plural  # merging keeps the rule of the empty one
    return known


def compiled(path: Path, language: str) -> Translations:
    """One file."""
    with path.open("rb") as source:
        catalog = read_po(source, locale="uz_Latn" if language == "uz" else language)
    packed = BytesIO()
    write_mo(packed, catalog, use_fuzzy=True)
    packed.seek(0)
    return Translations(packed)
