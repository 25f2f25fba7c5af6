"""A filled-in form as a list of what was answered, for the look before it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from api.forms.labels import Labels
from api.forms.names import countries
from api.forms.view import Field


@dataclass(frozen=True)
class Told:
    """One answer in words; or the heading of several."""

    label: str
    text: str = ""
    is_head: bool = False


def told(fields: tuple[Field, ...], labels: Labels) -> list[Told]:
    """Every answer that was given, in the order of the form."""
    return [one for field in fields for one in of_field(field, labels)]


def of_field(field: Field, labels: Labels) -> Iterator[Told]:
    """One field; a group that nothing was typed in is left out."""
    if field.widget == "hidden":
        return
    if not field.is_long:
        text = text_of(field, labels)
        if text:
            yield Told(field.label, text)
        return
    inner = [one for part in field.parts for one in of_field(part, labels)]
    if inner and field.is_used:
        yield Told(field.label, is_head=True)
        yield from inner


def text_of(field: Field, labels: Labels) -> str:
    """What was typed or chosen, in words."""
    if field.widget == "flag":
        return labels.text("yes") if field.values else labels.text("no")
    if field.widget == "moment":
        day, clock, zone = field.values
        return f"{dated(day, labels)} {clock} ({zone})" if day else ""
    if field.widget == "date":
        return dated(field.value, labels)
    known = countries(labels.language, int(field.suggested[-1])) if field.suggested else field.options
    named = {option.value: option.label for option in known}
    return ", ".join(named.get(value, value) for value in field.values if value)


def dated(text: str, labels: Labels) -> str:
    """A day as the reader writes it; what is no day stays as it was typed."""
    try:
        return format_date(date.fromisoformat(text), "long", labels.language)
    except ValueError:
        return text
