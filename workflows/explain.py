"""Says in plain English or Turkish where a stage stands: the same reasons that the decision gave."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from babel import Locale

from models.stage import OPENED_BY, Role, Stage
from workflows.facts import Facts
from workflows.standing import Asking, Blocked, Doing, Done, Duty, NotNeeded, Party, Said, Standing, Value, Waiting

FOLDER = Path(__file__).parent / "phrases"
LANGUAGES = ("en", "tr")
AN_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")
NOTHING: Mapping[Stage, Standing] = {}
PLACES = ("place", "country")
NOBODY: Mapping[str, str] = {}
PARTNERS = ("alternate",)  # codes of partners, which people know by names


class Count(int):
    """A number that chooses its noun: ``{months:month|months}``."""

    def __format__(self, spec: str) -> str:
        """The number itself, or the noun for one or for many."""
        one, _, many = spec.partition("|")
        return (one if self == 1 else many) if many else str(int(self))


@cache
def phrases(language: str) -> dict[str, dict[str, str]]:
    """The catalogue of a language, one file a noun; an unknown language reads as English.

    Raises ValueError when two files say the same thing.
    """
    name = language if language in LANGUAGES else "en"
    known: dict[str, dict[str, str]] = {}
    for path in sorted((FOLDER / name).glob("*.toml")):
        for part, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            twice = words.keys() & known.setdefault(part, {}).keys()
            if twice:
                raise ValueError(f"{path.name}: said in another file too: {', '.join(sorted(twice))}")
            known[part] |= words
    return known


def sentence(said: Said, language: str, called: Mapping[str, str] = NOBODY) -> str:
    """A reason in words. ``called``: how people know the partners; without it their codes stand."""
    values = {name: spoken(name, value, language, called) for name, value in said.values}
    return phrases(language)["reasons"][said.code].format(**values)


def sentences(by: Sequence[Said], language: str, called: Mapping[str, str] = NOBODY) -> str:
    """Several reasons in one line. They are numbered, since a reason may have pauses of its own."""
    said = [sentence(one, language, called) for one in by]
    return said[0] if len(said) == 1 else "; ".join(f"({n}) {one}" for n, one in enumerate(said, 1))


def spoken(name: str, value: Value, language: str, called: Mapping[str, str]) -> str | Count:
    """A value of a reason: a number with its noun, a country or partners by name, what else has words in words."""
    if isinstance(value, int):
        return Count(value)
    if name in PLACES:
        return str(Locale.parse(language if language in LANGUAGES else "en").territories.get(value, value))
    if name in PARTNERS:
        return ", ".join(called.get(code, code) for code in str(value).split(", "))
    return shown(str(value), language)


def shown(value: str, language: str) -> str:
    """A value in words where it has some: a role, a stage."""
    known = phrases(language)
    if AN_INSTANT.match(value):
        return when(datetime.fromisoformat(value))
    parts = ("roles", "parties", "stages", "points", "questions", "codes")
    return next((known[part][value] for part in parts if value in known.get(part, {})), value)


def when(instant: datetime | None) -> str:
    """An instant as day and time in UTC."""
    return instant.strftime("%Y-%m-%d %H:%M UTC") if instant else "–"


def explain_duty(duty: Duty, language: str = "en") -> str:
    """One line: what must be seen to beside the stages, who sees to it, until when, what happens then."""
    words, asking = phrases(language), duty.asking
    return words["forms"]["duty"].format(
        stage=words["stages"][duty.stage.value], role=shown(asking.role.value, language), until=when(asking.until),
        why=sentence(asking.why, language), then=sentence(asking.then, language),
    )  # fmt: skip


def who_can(blocked: Blocked, others: Mapping[Stage, Standing]) -> list[str]:
    """Whose word opens the gates: whom the stage that works on each of them asks or waits for, else its own role."""
    who = [role.value for role in blocked.opened_by]
    for gate in blocked.gates:
        stage, role = OPENED_BY[gate]
        match others.get(stage):
            case Asking(role=asked):
                who.append(asked.value)
            case Waiting(on=Party.PARTNER):
                who.append(Role.RECEIVING_PARTNER.value)
            case Waiting(on=party) if party is not Party.DATE:
                who.append(party.value)
            case _:
                who.append(role.value)
    return list(dict.fromkeys(who))


def explain(
    stage: Stage,
    standing: Standing,
    language: str = "en",
    others: Mapping[Stage, Standing] = NOTHING,
    called: Mapping[str, str] = NOBODY,
) -> str:
    """One line: the stage, how it stands, why, whom it waits for, until when, what happens then.

    ``others``: where all stages stand, so that whoever can open a gate is named as things are. ``called``: the names
    of partners.
    """
    said = partial(sentence, language=language, called=called)
    forms, name = phrases(language)["forms"], phrases(language)["stages"][stage.value]
    match standing:
        case Blocked(by=by):
            why = sentences(by, language, called)
            who = ", ".join(shown(one, language) for one in who_can(standing, others))
            return forms["blocked_who" if who else "blocked"].format(stage=name, why=why, who=who)
        case Doing(why=why):
            return forms["doing"].format(stage=name, why=said(why))
        case Waiting(on=on, why=why, until=until, then=then):
            on_whom = phrases(language)["parties"][on.value]
            return forms["waiting"].format(stage=name, on=on_whom, why=said(why), until=when(until), then=said(then))
        case Asking(role=role, why=why, until=until, then=then):
            return forms["asking"].format(
                stage=name, role=shown(role.value, language), why=said(why), until=when(until),
                then=said(then),
            )  # fmt: skip
        case Done(because=why, valid_until=until):
            form = forms["done_until" if until else "done"]
            return form.format(stage=name, why=said(why), until=when(until))
        case NotNeeded(because=why):
            return forms["not_needed"].format(stage=name, why=said(why))


def explain_arrival(facts: Facts, language: str = "en") -> list[str]:
    """Departed, arrived, met, safe: a line each, with its own time and source; none for somebody who has not left.

    A partner's word of the arrival may come before anybody's word of the departure.
    """
    if facts.departed_at is None and facts.arrived_at is None:
        return []
    there = facts.arrival
    return [
        step("departed", "not_departed", facts.departed_at, there.departed_source, language),
        step("arrived", "not_arrived", facts.arrived_at, there.arrived_source, language),
        step("met", "not_met", there.met_at, there.met_by, language),
        step("unsafe", "unsafe", there.unsafe_at, None, language)
        if there.unsafe_at and not there.safe_at
        else step("safe" if there.code_word else "safe_no_word", "not_safe", there.safe_at, there.safe_by, language),
    ]


def step(known: str, unknown: str, at: datetime | None, who: str | None, language: str) -> str:
    """One of the four events, or that nobody has told of it."""
    words = phrases(language)
    source = words["sources"].get(who or "", who or "")
    return words["arrival"][known if at else unknown].format(when=when(at), source=source, by=source)
