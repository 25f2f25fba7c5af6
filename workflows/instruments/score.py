"""Scores a survey by the contract of domain.md §3.4: exact fractions, no clock, no I/O, no rounding but for display."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from workflows.instruments.form import Instrument, Question

REFUSED, NOT_APPLICABLE = "refused", "na"
NOTHING = (REFUSED, NOT_APPLICABLE)
HUNDREDTH = Decimal("0.01")


class BadAnswer(ValueError):
    """An answer that the instrument does not have: which question, and what it may be."""


@dataclass(frozen=True)
class Scores:
    """From 0 to 1, higher is better; None where too little was answered."""

    items: Mapping[str, Fraction]
    dimensions: Mapping[str, Fraction | None]
    composite: Fraction | None


def score(instrument: Instrument, answers: Mapping[str, str]) -> Scores:
    """The scores of one survey. A question that is not among the answers counts as refused. Raises BadAnswer."""
    check(instrument, answers)
    scored = [question for question in instrument.questions if question.is_scored]
    items = {question.code: value for question in scored if (value := item(question, answers)) is not None}
    dimensions = {name: dimension(instrument, name, items) for name in instrument.composite.weights}
    return Scores(items, dimensions, composite(instrument, items, dimensions))


def check(instrument: Instrument, answers: Mapping[str, str]) -> None:
    """Every answer is one of its question's, refused, or not applicable. Raises BadAnswer."""
    for code, said in answers.items():
        question = instrument.question(code)
        if question is None:
            raise BadAnswer(f"{code}: there is no such question in this version")
        if question.options and said not in question.scores and said not in NOTHING:
            raise BadAnswer(f"{code}: one of {', '.join([*question.scores, *NOTHING])}")


def item(question: Question, answers: Mapping[str, str]) -> Fraction | None:
    """What one question scores; None when it counts for nothing."""
    value = question.scores.get(answers.get(question.code, REFUSED))
    return None if value is None else Fraction(value)


def dimension(instrument: Instrument, name: str, items: Mapping[str, Fraction]) -> Fraction | None:
    """The weighted mean of what was answered; None below the share that must be."""
    scored = [question for question in instrument.questions if question.is_scored and question.dimension == name]
    answered = [question for question in scored if question.code in items]
    if not answered or Fraction(len(answered), len(scored)) < Fraction(instrument.missing.min_answered_per_dimension):
        return None
    return mean({question.code: Fraction(question.weight) for question in answered}, items)


def composite(
    instrument: Instrument, items: Mapping[str, Fraction], dimensions: Mapping[str, Fraction | None]
) -> Fraction | None:
    """One number; none when a dimension has none."""
    known = {name: value for name, value in dimensions.items() if value is not None}
    if len(known) < len(dimensions):
        return None
    if instrument.composite.method == "mean_of_dims":
        return mean({name: Fraction(weight) for name, weight in instrument.composite.weights.items()}, known)
    weights = {one.code: Fraction(one.weight) for one in instrument.questions if one.code in items}
    return mean(weights, items)


def mean(weights: Mapping[str, Fraction], values: Mapping[str, Fraction]) -> Fraction:
    """The weighted mean."""
    return sum((weight * values[name] for name, weight in weights.items()), Fraction()) / sum(weights.values())


def shown(value: Fraction | None) -> str:
    """Rounded half up to two places: for display only."""
    if value is None:
        return "–"
    hundredths = (value * 100 + Fraction(1, 2)) // 1
    return str((Decimal(hundredths) * HUNDREDTH).quantize(HUNDREDTH, ROUND_HALF_UP))


def band(instrument: Instrument, value: Fraction | None) -> str | None:
    """The word for a score."""
    names = [one.code for one in instrument.bands if value is not None and value >= Fraction(one.starts)]
    return names[-1] if names else None
