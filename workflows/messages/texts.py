"""What messages say: neutral, in the reader's language, short enough for two SMS (S19, control C20).

The phone may be in other hands: no organisation, no place, no reason why we write. English is the key of the
catalogues ``workflows/words/<language>/messages.po``.
"""

from collections.abc import Mapping
from pathlib import Path

from workflows.catalogues import translations

WORDS = Path(__file__).parents[1] / "words"
MOST_SEGMENTS = 2


def N_(text: str) -> str:  # noqa: N802 - the name that the extraction of texts looks for
    """Marks a text for the catalogues."""
    return text


SUBJECT = N_("A short note")
TEXTS: Mapping[str, str] = {
    "invite_to_examination": N_("Hello. There is an appointment for you. Please call us when it suits you."),
    "send_travel_day": N_("Hello. Please call us today about the coming days."),
    "send_flight_change": N_(
        "Hello. Something has changed about the day we spoke of. Please call us when it suits you."
    ),
    "send_check_in": N_("Hello. How are you? Please call us when you can speak freely."),
}
BY_SMS: Mapping[str, str] = {
    "send_check_in": N_("Hello. How are you? Answer with a number. 1: I am well. 2: Please call me. 3: I need help."),
}
LINKS: Mapping[str, str] = {
    "link_person": N_("Hello. This page is for you: {url}"),
    "link_partner": N_("Hello. Something waits for your answer here: {url}"),
    "closed_partner": N_("Hello. What we asked you about is closed. Nothing more is needed from you."),
    "code": N_("Your code: {code}. It is good for 10 minutes, and for you alone."),
}


def translated(text: str, language: str) -> str:
    """A text as a reader of a language reads it; English where we do not speak theirs."""
    return str(translations((WORDS,), language).gettext(text))


def text_of(kind: str, channel: str, language: str, **values: str) -> str:
    """A message. Raises KeyError for a kind that there is not."""
    known = {**TEXTS, **LINKS, **(BY_SMS if channel == "sms" else {})}
    return translated(known[kind], language).format(**values)


def subject_of(language: str) -> str:
    """The subject of every e-mail."""
    return translated(SUBJECT, language)
