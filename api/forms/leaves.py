"""Single values as they are typed: texts, codes, amounts, yes and no, dates, instants on the clock of a place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from api.forms.fill import NO, ON, YES
from api.forms.names import countries, folded
from api.forms.setting import Setting, Typed
from api.forms.shape import Shape

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LOCAL_DATE = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")
PLAIN_LETTERS = str.maketrans("ÇĞİÖŞÜçğıöşü", "CGIOSUcgiosu")
LEFT_OUT = object()


@dataclass
class Parsing:
    """What is found on the way: the names that fields asked for, and troubles by name and kind.

    ``fact`` is the name of the model that is read.
    """

    typed: Typed
    setting: Setting
    fact: str = ""
    used: set[str] = field(default_factory=set)
    troubles: list[tuple[str, str]] = field(default_factory=list)

    def texts(self, name: str) -> list[str]:
        """Everything typed under a name, without the spaces around it. Control characters are a trouble."""
        self.used.add(name)
        texts = [text.replace("\r\n", "\n").strip() for text in self.typed.get(name, [])]
        if any(CONTROL.search(text) for text in texts):
            self.troubles.append((name, "control_character"))
            return []
        return [text for text in texts if text]

    def text(self, name: str) -> str:
        """The one thing typed under a name."""
        return next(iter(self.texts(name)), "")


def plain(p: Parsing, shape: Shape, name: str) -> Any:
    """A text; a line break in a short one is a trouble."""
    text = p.text(name)
    if "\n" in text and shape.kind != "text":
        p.troubles.append((name, "control_character"))
        return LEFT_OUT
    text = text.upper() if shape.is_capitals else text
    return (a_code(text) if shape.is_code else text) or LEFT_OUT


def a_code(text: str) -> str:
    """A word as codes are written: ``Own workshop`` is ``own_workshop``."""
    return "_".join(text.translate(PLAIN_LETTERS).lower().split())


def country(p: Parsing, shape: Shape, name: str) -> Any:
    """A code, or the name of a country in one of the staff's languages."""
    text = plain(p, shape, name)
    if text is LEFT_OUT:
        return text
    letters = 2 if shape.longest == 2 else 3
    named = {folded(one.label): one.value for reader in ("en", "tr") for one in countries(reader, letters)}
    return named.get(folded(p.text(name)), text)


def flag(p: Parsing, shape: Shape, name: str) -> Any:
    """A yes or a no; a box that is not ticked is a no."""
    said = p.text(name)
    if not shape.required and not shape.nullable:
        return bool(said)
    return {YES: True, NO: False, ON: True, "": LEFT_OUT}.get(said, said)


def money(p: Parsing, shape: Shape, name: str) -> Any:
    """An amount, with a comma or a point before the cents."""
    text = p.text(name).replace("\u00a0", "").replace(" ", "")
    return (text.replace(",", ".") if text.count(",") == 1 and "." not in text else text) or LEFT_OUT


def day(p: Parsing, shape: Shape, name: str) -> Any:
    """A date as a browser sends it, or as people write it: 31.12.2030."""
    text = p.text(name)
    written = LOCAL_DATE.match(text)
    return f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}" if written else text or LEFT_OUT


def moment(p: Parsing, shape: Shape, name: str) -> Any:
    """Day and time on the clock of a zone, as an instant. A time that the clocks skip is a trouble."""
    said, clock, zone = day(p, shape, f"{name}.day"), p.text(f"{name}.time"), p.text(f"{name}.zone")
    if said is LEFT_OUT and not clock:
        return LEFT_OUT
    try:
        local = datetime.combine(date.fromisoformat(said), time.fromisoformat(clock))
    except (TypeError, ValueError):
        return trouble(p, name, "moment_parsing")
    if zone not in available_timezones() or local.tzinfo:
        return trouble(p, f"{name}.zone", "zone")
    at = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        return trouble(p, name, "no_such_time")
    return at.isoformat()


def trouble(p: Parsing, name: str, kind: str) -> Any:
    """Note it; the field counts as left out."""
    p.troubles.append((name, kind))
    return LEFT_OUT


LEAVES: Mapping[str, Callable[[Parsing, Shape, str], Any]] = {
    "flag": flag, "money": money, "country": country, "date": day, "moment": moment,
}  # fmt: skip
