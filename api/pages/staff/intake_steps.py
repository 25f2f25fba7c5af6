"""The short pages of an intake: which part of a new case each asks for, and what leads from one to the next.

What was typed travels with the pages and is kept nowhere until the person has agreed to it being kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlmodel import Session

from api.documents.texts import Text, consent_text
from api.forms import Answered, Field, Option, Setting, Trouble, answered, first
from api.forms.fill import Filled
from api.forms.form import shown
from api.forms.labels import labels
from api.pages.staff.desk import zones_of
from api.pages.words import LANGUAGES, locale
from models.queries.partners import names
from workflows.inputs import CaseIn


def N_(text: str) -> str:  # noqa: N802  gettext's own name for a text that is translated where it is shown
    """Mark a text for the catalogues."""
    return text


class Step(NamedTuple):
    """One page: its name, its title, why it comes now, and the parts of the case that it asks for."""

    name: str
    title: str
    why: str
    parts: tuple[str, ...]


STEPS = (
    Step("contact", N_("How to reach the person safely"),
         N_("Ask this first: if the line drops or somebody comes in, you know how to go on without danger."),
         ("contact", "channels", "unsafe_addresses", "code_word")),
    Step("consent", N_("Consent to keep data"),
         N_("Read the text to the person in their language. Without a yes nothing is kept."), ("data_consent",)),
    Step("identity", N_("Who the person is"),
         N_("As in the travel document, and as they write it themselves. A missing document can be added later."),
         ("principal",)),
    Step("family", N_("Family members who come along"),
         N_("Everybody who would travel with the person, children too."), ("dependants",)),
    Step("return", N_("Where to"),
         N_("Where the person would live if they returned. They choose only after counselling."),
         ("country", "area", "partner")),
)  # fmt: skip
NAMES = tuple(step.name for step in STEPS)
NOT_OF_THE_PRINCIPAL = "principal.relation"


@dataclass(frozen=True)
class Page:
    """One page of the intake as it is shown. ``hidden``: what was typed on the others."""

    step: Step
    number: int
    fields: tuple[Field, ...]
    troubles: tuple[Trouble, ...]
    hidden: tuple[tuple[str, str], ...]
    text: Text | None = None
    text_language: str = ""

    @property
    def text_direction(self) -> str:
        """Of the text's language."""
        return str(locale(self.text_language).text_direction)


def setting_of(session: Session, language: str) -> Setting:
    """What may be chosen in a new case."""
    known = tuple(Option(code, name) for code, name in sorted(names(session).items()))
    return Setting(language, {"CaseIn.partner": known}, zones=zones_of(""))


def empty(setting: Setting) -> Filled:
    """A new intake."""
    return first(CaseIn, setting)


def step_of(name: str) -> Step:
    """A step by its name; the first one for any other name."""
    return next((step for step in STEPS if step.name == name), STEPS[0])


def beside(step: Step, go: str) -> Step | None:
    """The page that a button leads to; None is the look at everything."""
    at = NAMES.index(step.name)
    if go == "back":
        return STEPS[max(at - 1, 0)]
    if go == "next":
        return STEPS[at + 1] if at + 1 < len(STEPS) else None
    return None if go == "check" else step_of(go)


def page_of(step: Step, typed: Filled, setting: Setting, wrong: dict[str, str] | None = None) -> Page:
    """One page. ``wrong``: by the names of fields, of any page; each shows its own."""
    fields, troubles = shown(CaseIn, typed, setting, mine(step, wrong or {}), labels(setting.language))
    asked = tuple(trimmed(field) for field in fields if field.name in step.parts)
    hidden = tuple((name, text) for name, texts in typed.items() if part_of(name) not in step.parts for text in texts)
    language = next(iter(typed.get("data_consent.language", [])), "")
    text = consent_text("data", language) if step.name == "consent" and language in LANGUAGES else None
    return Page(step, NAMES.index(step.name) + 1, asked, troubles, hidden, text, language)


def mine(step: Step, wrong: dict[str, str]) -> dict[str, str]:
    """The troubles of one page, and those of the whole case."""
    return {name: text for name, text in wrong.items() if name == "" or part_of(name) in step.parts}


def part_of(name: str) -> str:
    """The part of the case that a field is in."""
    return name.partition(".")[0]


def trimmed(field: Field) -> Field:
    """Without what only others than the principal have."""
    if not field.parts:
        return field
    return replace(field, parts=tuple(part for part in field.parts if part.name != NOT_OF_THE_PRINCIPAL))


def read(typed: Filled, setting: Setting) -> tuple[Answered, dict[str, str]]:
    """The whole case as far as it goes, and what is still wrong or missing in it."""
    found = answered(CaseIn, typed, setting)
    return found, {one.name: one.text for one in found.troubles}


def first_wrong(wrong: dict[str, str], among: Sequence[Step] = STEPS) -> Step | None:
    """The first page on which something is wrong."""
    return next((step for step in among if any(part_of(name) in step.parts for name in wrong)), None)
