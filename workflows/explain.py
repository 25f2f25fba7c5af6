"""Says in plain English or Turkish where a stage stands: the same reasons that the decision gave."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

from models.stage import Stage
from workflows.standing import Asking, Blocked, Doing, Done, NotNeeded, Said, Standing, Waiting

FOLDER = Path(__file__).parent / "phrases"
LANGUAGES = ("en", "tr")


@cache
def phrases(language: str) -> dict[str, dict[str, str]]:
    """The catalogue of a language; an unknown language reads as English."""
    name = language if language in LANGUAGES else "en"
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def sentence(said: Said, language: str) -> str:
    """A reason in words."""
    known = phrases(language)
    values = {name: shown(str(value), language) for name, value in said.values}
    return known["reasons"][said.code].format(**values)


def shown(value: str, language: str) -> str:
    """A value in words where it has some: a role, a stage."""
    known = phrases(language)
    return known["roles"].get(value) or known["stages"].get(value) or known["points"].get(value) or value


def when(instant: datetime | None) -> str:
    """An instant as day and time in UTC."""
    return instant.strftime("%Y-%m-%d %H:%M UTC") if instant else "–"


def explain(stage: Stage, standing: Standing, language: str = "en") -> str:
    """One line: the stage, how it stands, why, whom it waits for, until when, what happens then."""
    forms, name = phrases(language)["forms"], phrases(language)["stages"][stage.value]
    match standing:
        case Blocked(by=by):
            return forms["blocked"].format(stage=name, why="; ".join(sentence(said, language) for said in by))
        case Doing(why=why):
            return forms["doing"].format(stage=name, why=sentence(why, language))
        case Waiting(on=on, why=why, until=until, then=then):
            on_whom = phrases(language)["parties"][on.value]
            return forms["waiting"].format(
                stage=name, on=on_whom, why=sentence(why, language), until=when(until), then=sentence(then, language)
            )
        case Asking(role=role, why=why, until=until, then=then):
            return forms["asking"].format(
                stage=name, role=shown(role.value, language), why=sentence(why, language), until=when(until),
                then=sentence(then, language),
            )  # fmt: skip
        case Done(because=why):
            return forms["done"].format(stage=name, why=sentence(why, language))
        case NotNeeded(because=why):
            return forms["not_needed"].format(stage=name, why=sentence(why, language))
