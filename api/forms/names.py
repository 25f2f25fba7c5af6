"""Names of countries, languages and currencies in the reader's language, sorted as it sorts."""

from functools import cache

import iso3166
from babel import Locale

from api.forms.view import Option

SPOKEN = (
    "am", "ar", "az", "bg", "bn", "de", "en", "es", "fa", "fr", "ha", "hi", "hy", "ka", "kk", "ku", "ky", "ln", "mn",
    "my", "ne", "pa", "prs", "ps", "pt", "ro", "ru", "rw", "si", "so", "sq", "sr", "sw", "ta", "tg", "ti", "tk", "tl",
    "tr", "ug", "uk", "ur", "uz", "vi", "wo", "yo", "zh",
)  # fmt: skip


def folded(text: str) -> str:
    """For sorting: without accents that would put İ after z."""
    return text.translate(str.maketrans("ÇĞİÖŞÜçğıöşü", "CGIOSUcgiosu")).casefold()


@cache
def languages(reader: str) -> tuple[Option, ...]:
    """Languages that people who return speak, the house's language first in neither order: by name."""
    known = Locale.parse(reader).languages
    named = [Option(code, known.get(code) or known.get({"prs": "fa_AF"}.get(code, code), code)) for code in SPOKEN]
    return tuple(sorted(named, key=lambda one: folded(one.label)))


@cache
def countries(reader: str, letters: int) -> tuple[Option, ...]:
    """Every country by its code of two or three letters."""
    known = Locale.parse(reader).territories
    named = [
        Option(row.alpha2 if letters == 2 else row.alpha3, known.get(row.alpha2, row.apolitical_name))
        for row in iso3166.countries
    ]
    return tuple(sorted(named, key=lambda one: folded(one.label)))


def currencies(codes: tuple[str, ...], reader: str) -> tuple[Option, ...]:
    """Currencies by their codes."""
    known = Locale.parse(reader).currencies
    return tuple(Option(code, f"{code} · {known.get(code, code)}") for code in codes)
