"""What commands and inputs refuse, in the reader's language: they say it in plain English, ``[said]`` has the rest."""

import re
from functools import cache

from api.forms.labels import Labels, labels, spoken
from workflows.explain import shown

A_FIELD = re.compile(r"^([a-z_0-9.]+(?:, [a-z_]+)*): (.+)$", re.DOTALL)
A_WORD = re.compile(r"[a-z]+(?:_[a-z0-9]+)*")


def translated(text: str, language: str) -> str:
    """One of our sentences, with or without the field before its colon; one that is not known stays as it is."""
    words = labels(language)
    named = A_FIELD.match(text)
    return known(text, words) or (known(named[2], words) if named else None) or text


def known(text: str, words: Labels) -> str | None:
    """The sentence itself, or one like it with other values."""
    said = words.parts["said"]
    return said[text][0] if text in said else by_pattern(text, words)


def by_pattern(text: str, words: Labels) -> str | None:
    """A sentence with values in it: ``{}`` stands for them; values that have words are said in words."""
    for pattern, other in patterns(words.language):
        found = pattern.fullmatch(text)
        if found:
            return other.format(*(worded(value, words) for value in found.groups()))
    return None


@cache
def patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Those with values, the longest first, so that the most particular one fits."""
    said = {english: other for english, (other, _) in labels(language).parts["said"].items() if "{}" in english}
    longest = sorted(said, key=len, reverse=True)
    return [(re.compile(re.escape(one).replace(r"\{\}", "(.+?)"), re.DOTALL), said[one]) for one in longest]


def worded(value: str, words: Labels) -> str:
    """Codes of roles, kinds and reasons among the values, in words."""
    said = re.sub(r"\b(or|and)\b", lambda found: words.text(found[0]), value)
    return A_WORD.sub(lambda found: a_word(found[0], words), said)


def a_word(code: str, words: Labels) -> str:
    """The title of a kind, the phrase of a code, or the code."""
    titled = words.parts["kinds"].get(code)
    return titled[0] if titled else spoken(words.language).get(code) or shown(code, words.language)
