"""Renders pages: Jinja2 with the words of the reader's language, and the few helpers that templates use."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from api.forms import labels
from api.pages.places import places
from api.pages.words import at_their_clock, catalogue, country, day, locale, moment, tongue
from workflows.explain import NOBODY, sentence, shown

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"


class Reader(Protocol):
    """Who reads a page: the language, the zone of their clock, and the token of their forms."""

    @property
    def language(self) -> str:
        """Two letters."""

    @property
    def zone(self) -> str:
        """An IANA zone."""

    @property
    def csrf(self) -> str:
        """Empty for somebody who is nobody yet."""


@cache
def environment(language: str) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    words = catalogue(language)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext)  # type: ignore[attr-defined]
    made.globals |= {
        "asset": asset, "language": language, "direction": locale(language).text_direction,
        "day": lambda on: day(on, language), "country": lambda code: country(code, language),
        "tongue": lambda code: tongue(code, language),
        "kind": lambda name: labels(language).kind(name)[0],
        "word": lambda value: shown(str(value), language),
    }  # fmt: skip
    return made


def page(
    request: Request,
    template: str,
    reader: Reader,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """One page as a reader sees it."""
    values |= {
        "request": request, "reader": reader, "here": request.url.path, "now": request.app.state.house.clock.now(),
        "is_demo": request.app.state.settings.demo, "places": places,
        "csrf": lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(reader.csrf),
        "moment": lambda at: moment(at, reader.language, reader.zone),
    }  # fmt: skip
    called, language = values.get("called", NOBODY), reader.language
    values.setdefault("said", lambda one: at_their_clock(sentence(one, language, called), language, reader.zone))
    text = environment(reader.language).get_template(template).render(values)
    return HTMLResponse(text, status, dict(headers or {}))


@cache
def asset(name: str) -> str:
    """The address of a file of ours; it changes with the file, so that it can be kept for a year."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
