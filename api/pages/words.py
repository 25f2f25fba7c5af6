"""The words of pages: gettext catalogues, one file a noun and language, read once."""

import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, dates
from babel.support import Translations

from workflows.catalogues import translations

FOLDER = Path(__file__).parents[1] / "words"
STAFF_LANGUAGES = ("en", "tr")
AN_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) UTC")
LANGUAGES = ("tr", "en", "ar", "fa", "ru", "fr", "uz", "ur")


def catalogue(language: str) -> Translations:
    """Every page's words in a language; English is what the pages are written in."""
    return translations((FOLDER,), language)


@cache
def locale(language: str) -> Locale:
    """Babel's knowledge of a language: plural forms, dates, countries, direction. Uzbek is in Latin letters."""
    return Locale.parse("uz_Latn" if language == "uz" else language)


def day(on: date | None, language: str) -> str:
    """A date as the reader writes it, in the Gregorian calendar."""
    return dates.format_date(on, "long", locale(language)) if on else "–"


def moment(at: datetime | None, language: str, zone: str) -> str:
    """An instant in a place's time, with the place's offset."""
    if at is None:
        return "–"
    there = at.astimezone(ZoneInfo(zone))
    return f"{dates.format_date(there, 'medium', locale(language))} {there:%H:%M} (UTC{there:%z})"


def at_their_clock(text: str, language: str, zone: str) -> str:
    """A sentence of the house, whose instants are UTC, with the time of a place."""
    return AN_INSTANT.sub(
        lambda found: moment(datetime.strptime(found[1], "%Y-%m-%d %H:%M").replace(tzinfo=UTC), language, zone), text
    )


def tongue(code: str | None, language: str) -> str:
    """The name of a language in the reader's language."""
    return str(locale(language).languages.get(code or "", code or "–"))


def country(code: str | None, language: str) -> str:
    """A country's name in the reader's language."""
    return str(locale(language).territories.get(code or "", code or "–"))


def preferred(accepted: str, among: tuple[str, ...], otherwise: str) -> str:
    """The first language of an Accept-Language header that we speak."""
    wanted = [part.split(";")[0].strip().lower()[:2] for part in accepted[:200].split(",")]
    return next((one for one in wanted if one in among), otherwise)
