"""Reads what a partner typed into a form: a word for the inbox, or what is the matter with each field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from api.pages.partner.forms import Field, Form
from api.pages.places import N_

NAME = re.compile(r"[0-9A-Za-z_-]{1,60}")
LONGEST = 2000
NEEDED = N_("Please fill this in.")
CHOOSE = N_("Please choose one.")
TICK = N_("Please confirm this.")
LATIN = N_("Use Latin letters and digits only, for example AK or A12.")
NO_DAY = N_("This is not a date.")
NO_TIME = N_("This is not a time. Write for example 14:30.")
TO_COME = N_("This is in the future.")
TOO_LONG = N_("This is too long: at most 2000 letters.")


@dataclass
class Reading:
    """What was typed, what it means, and what is wrong with it by field."""

    typed: dict[str, str]
    said: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


class Wrong(ValueError):
    """A field cannot be right; the text is for the reader."""


def read(form: Form, typed: Mapping[str, Any], zone: str, now: datetime) -> Reading:
    """Everything that the form asks for. Fields it does not ask for are not looked at."""
    reading = Reading({one.name: str(typed.get(one.name, "")).strip() for one in form.fields})
    for one in form.fields:
        try:
            value = value_of(one, reading.typed[one.name], now.astimezone(ZoneInfo(zone)).date())
        except Wrong as wrong:
            reading.wrong[one.name] = str(wrong)
        else:
            if value is not None:
                reading.said[one.name] = value
    if not reading.wrong and form.kind == "arrival_confirmed":
        arrived(reading, zone, now)
    reading.said.pop("sure", None)
    return reading


def value_of(one: Field, text: str, today: date) -> Any:
    """One field. Raises Wrong."""
    if not text:
        if one.needed:
            raise Wrong({"choice": CHOOSE, "yes_no": CHOOSE, "amount": CHOOSE, "check": TICK}.get(one.kind, NEEDED))
        return None
    return READERS[one.kind](one, text, today)


def name(one: Field, text: str, today: date) -> str:
    """A short name that tells nobody who it is."""
    said = "_".join(text.split())
    if not NAME.fullmatch(said):
        raise Wrong(LATIN)
    return said


def area(one: Field, text: str, today: date) -> str:
    """Some lines."""
    if len(text) > LONGEST:
        raise Wrong(TOO_LONG)
    return text


def day(one: Field, text: str, today: date) -> str:
    """A day; one that has been, for ``past``."""
    try:
        said = date.fromisoformat(text)
    except ValueError:
        raise Wrong(NO_DAY) from None
    if one.kind == "past" and said > today:
        raise Wrong(TO_COME)
    return said.isoformat()


def hour(one: Field, text: str, today: date) -> str:
    """A time of day."""
    try:
        return time.fromisoformat(text).replace(tzinfo=None).isoformat()
    except ValueError:
        raise Wrong(NO_TIME) from None


def choice(one: Field, text: str, today: date) -> str:
    """One of the options."""
    if text not in one.options:
        raise Wrong(CHOOSE)
    return text


def yes_no(one: Field, text: str, today: date) -> bool:
    """Yes or no."""
    if text not in ("yes", "no"):
        raise Wrong(CHOOSE)
    return text == "yes"


READERS: dict[str, Callable[[Field, str, date], Any]] = {
    "name": name, "area": area, "date": day, "past": day, "time": hour, "choice": choice, "yes_no": yes_no,
    "check": lambda one, text, today: True, "amount": lambda one, text, today: text,
}  # fmt: skip


def arrived(reading: Reading, zone: str, now: datetime) -> None:
    """Day and time there as an instant; who met the person goes into the text that is kept."""
    said = reading.said
    local = datetime.fromisoformat(f"{said.pop('day')}T{said.pop('time')}").replace(tzinfo=ZoneInfo(zone))
    if local > now:
        reading.wrong["time"] = TO_COME
    said["arrived_at"] = local.isoformat()
    met_by = said.pop("met_by", None)
    if met_by:
        said["text"] = f"met by {met_by}"
