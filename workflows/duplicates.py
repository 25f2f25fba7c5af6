"""Finds people who may be the same, across scripts and spellings. A person decides; nothing is ever merged by this.

Candidates are looked up by blind indexes alone; the few that share one are opened, in memory, and compared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rapidfuzz import fuzz

from models.vault import Keyring, blind_index
from workflows.facts import Rules
from workflows.names import likeness, script, skeletons, tokens

DAY_UNKNOWN = (1, 1)


@dataclass(frozen=True)
class Identity:
    """What is known of somebody, in the clear, in memory only."""

    given_names: str
    family_name: str
    native_name: str | None
    born_on: date
    nationality: str
    sex: str
    phones: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    document_countries: frozenset[str] = frozenset()

    @property
    def spellings(self) -> tuple[str | None, ...]:
        """The whole name, in each script."""
        return f"{self.given_names} {self.family_name}", self.native_name


@dataclass(frozen=True)
class Match:
    """How much two people agree, 0 to 100, in what, and what speaks against high confidence."""

    score: int
    confidence: str
    signals: tuple[str, ...]
    twin: bool


def kept_tokens(keyring: Keyring, who: Identity) -> set[str]:
    """By what this person can be found."""
    bones = skeletons(*who.spellings)
    plain = [("name", bone) for bone in bones]
    plain += [("name and year", f"{bone} {who.born_on.year}") for bone in bones]
    plain.append(("birth", f"{who.born_on} {who.nationality}"))
    plain += [("phone", phone) for phone in who.phones]
    return {blind_index(keyring, f"match {kind}", value) for kind, value in plain}


def wanted_tokens(keyring: Keyring, who: Identity) -> tuple[set[str], set[str]]:
    """What to look for: what is enough by itself, and words of the name of which two are needed (one of a single name).

    The neighbouring years are looked at too, and the day and month the other way round.
    """
    years = range(who.born_on.year - 1, who.born_on.year + 2)
    words = [("name and year", f"{bone} {year}") for bone in skeletons(*who.spellings) for year in years]
    enough = [("birth", f"{born} {who.nationality}") for born in (who.born_on, swapped(who.born_on)) if born]
    enough += [("phone", phone) for phone in who.phones]
    fingerprints = [{blind_index(keyring, f"match {kind}", value) for kind, value in some} for some in (enough, words)]
    return fingerprints[0], fingerprints[1]


def worth_opening(rows: Iterable[tuple[UUID, str]], enough: set[str], words: set[str]) -> list[UUID]:
    """Who shares enough to be opened and compared, in the order found."""
    shared: dict[UUID, set[str]] = {}
    for person, token in rows:
        shared.setdefault(person, set()).add(token)
    fewest = min(2, len(words) // 3)
    return [person for person, tokens in shared.items() if tokens & enough or len(tokens & words) >= max(fewest, 1)]


def name_tokens(keyring: Keyring, *spellings: str | None) -> list[str]:
    """For somebody of whom only a name is known."""
    return [blind_index(keyring, "match name", bone) for bone in sorted(skeletons(*spellings))]


def swapped(born: date) -> date | None:
    """Day and month the other way round, where that is a date."""
    return date(born.year, born.day, born.month) if born.day <= 12 and born.day != born.month else None


def birth_agreement(one: date, other: date) -> float:
    """1 for the same day; less for a usual slip: swapped, day unknown, one number or one year off; else 0."""
    if one == other:
        return 1.0
    if swapped(one) == other:
        return 0.9
    if one.year == other.year and DAY_UNKNOWN in ((one.month, one.day), (other.month, other.day)):
        return 0.7
    if one.year == other.year and (one.month == other.month or one.day == other.day):
        return 0.5
    return 0.5 if abs(one.year - other.year) == 1 and (one.month, one.day) == (other.month, other.day) else 0.0


def compare(rules: Rules, one: Identity, other: Identity) -> Match:
    """The score by the weights of the pathway, and whether anything forbids high confidence."""
    parts = dict(agreements(one, other))
    points = sum(float(rules.number(f"duplicate_{name}")) * share for name, share in parts.items())
    score = 100 if one.documents & other.documents else min(99, round(points))
    doubt = set(doubts(one, other))
    high = score >= rules.number("duplicate_high") and (score == 100 or not doubt)
    confidence = "high" if high else "possible" if score >= rules.number("duplicate_possible") else "low"
    signals = [name for name, share in parts.items() if share] + sorted(doubt)
    return Match(score, confidence, tuple(signals), "twin" in doubt)


def agreements(one: Identity, other: Identity) -> Iterator[tuple[str, float]]:
    """How far each thing agrees, 0 to 1. A name that is less than 60 alike says nothing."""
    yield "name", max(0.0, (likeness(one.spellings, other.spellings) - 60) / 40)
    yield "birth", birth_agreement(one.born_on, other.born_on)
    yield "nationality", float(one.nationality == other.nationality)
    yield "phone", float(bool(one.phones & other.phones))
    yield "document", float(bool(one.documents & other.documents))


def doubts(one: Identity, other: Identity) -> Iterator[str]:
    """What speaks for two people: twins, another sex, two documents of one country."""
    if is_twin(one, other):
        yield "twin"
    if one.sex != other.sex and "X" not in (one.sex, other.sex):
        yield "other_sex"
    if one.document_countries & other.document_countries and not one.documents & other.documents:
        yield "other_document"


def is_twin(one: Identity, other: Identity) -> bool:
    """Born on one day into one family, with given names that differ in the script that shows it best."""
    if one.born_on != other.born_on or likeness((one.family_name,), (other.family_name,)) < 90:
        return False
    return differ(one.given_names, other.given_names) or natively_differ(one.native_name, other.native_name)


def differ(one: str, other: str) -> bool:
    """Given names that are not spellings of each other."""
    return likeness((one,), (other,)) < 90


def natively_differ(one: str | None, other: str | None) -> bool:
    """In one script a name is written in one way: حسن is not حسين, whatever their Latin spellings look like."""
    if not one or not other or script(one) != script(other) or script(one) == "LATIN":
        return False
    first, second = set(tokens(one)), set(tokens(other))
    left, right = sorted(first - second), sorted(second - first)
    return bool(left and right) and fuzz.ratio(" ".join(left), " ".join(right)) < 95


def best(matches: Iterable[tuple[UUID, Match]], most: int) -> list[tuple[UUID, Match]]:
    """Those worth a person's look, the likeliest first."""
    worth = [(who, match) for who, match in matches if match.confidence != "low"]
    return sorted(worth, key=lambda found: -found[1].score)[:most]
