"""What may be chosen in forms by the pathway of the case: its lists, the keys of its tables, the rows it asks for."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from api.forms.labels import Labels, capital, labels
from api.forms.setting import Fixed, Options
from api.forms.view import Option
from workflows.facts import Rules
from workflows.instruments import instrument
from workflows.pathways import rules_of
from workflows.pathways.tables import (
    child,
    closure,
    counselling,
    duplicate,
    follow_up,
    money,
    protection,
    risk_assessment,
    screening,
    shelter,
    survey,
)

UNSCORED = ("refused", "na")


def coded(words: Labels, part: str, codes: Iterable[str]) -> Options:
    """Codes with their words (``part.code`` among the options); one without words shows its code."""
    return tuple(Option(code, words.word([f"{part}.{code}", code]) or code) for code in dict.fromkeys(codes))


def worded(words: Labels, rows: Iterable[Any], key: str = "code") -> Options:
    """Rows that bring their words along."""
    return tuple(
        Option(getattr(row, key), capital(getattr(row, words.language), words.language)) for row in rows
    )  # fmt: skip


@cache
def choices(pathway: str, version: int, language: str) -> Mapping[str, Options]:
    """By ``Model.field``: the values that the pathway knows."""
    rules, words = rules_of(pathway, version), labels(language)
    return {
        **of_screening(rules, words), **of_contact(rules, words), **of_money(rules, words), **of_house(rules, words),
        "PriorAssistanceIn.programme": coded(
            words, "programme", ["none", *(row.code for row in rules.rows(duplicate.Programme))]),
        "ClosureIn.reason": coded(words, "reason", (row.reason for row in rules.rows(closure.ClosureReason))),
        "ClosureIn.checklist": coded(
            words, "checklist", (code for row in rules.rows(closure.ClosureReason) for code in row.checklist)),
        "RiskItemIn.mitigations": worded(words, rules.rows(risk_assessment.Mitigation)),
        "ThreatIn.kind": worded(words, rules.rows(risk_assessment.Signal)),
        "ProtectionClaimIn.kind": worded(words, rules.rows(protection.ReturnBar), "kind"),
        "ProtectionClaimIn.status": coded(
            words, "status", (code for bar in rules.rows(protection.ReturnBar) for code in (*bar.bars, *bar.ends))),
    }  # fmt: skip


def of_screening(rules: Rules, words: Labels) -> Mapping[str, Options]:
    """Indicators, needs, the picklists of HTCDS, signs of coercion."""
    picks, signs = rules.rows(screening.Pick), [row.code for row in rules.rows(counselling.CoercionSign)]
    return {
        "ScreeningIn.indicators": coded(words, "indicators", (row.code for row in rules.rows(screening.Indicator))),
        "ScreeningIn.urgent_needs": coded(words, "urgent_needs", (row.code for row in rules.rows(screening.Need))),
        "InterviewIn.means": coded(words, "means", (pick.code for pick in picks if pick.element == "means")),
        "InterviewIn.purposes": coded(words, "purposes", (pick.code for pick in picks if pick.element == "purpose")),
        "SessionIn.coercion_flags": coded(words, "coercion_flags", signs),
        "CoercionFlagIn.sign": coded(words, "coercion_flags", signs),
    }


def of_contact(rules: Rules, words: Labels) -> Mapping[str, Options]:
    """Points of the schedule, what came of an attempt, reasons to migrate again, answers of surveys."""
    points = rules.rows(follow_up.CheckInPoint)
    results = coded(words, "result", (row.code for row in rules.rows(follow_up.AttemptResult)))
    reasons = worded(words, rules.rows(survey.IntentionReason))
    return {
        "CheckInIn.about": coded(words, "point", (row.code for row in points)),
        "SurveyIn.about": coded(words, "point", (row.code for row in points if row.survey)),
        "SatisfactionIn.about": coded(words, "point", (row.code for row in points if row.satisfaction)),
        "IntentionIn.about": coded(words, "point", (row.code for row in points if row.intention)),
        "CheckInIn.result": tuple(one for one in results if one.value != "reached"),
        "ContactAttemptIn.result": results,
        "IntentionIn.reason": reasons,
        "RemigratedIn.reason": reasons,
        "SatisfactionIn.answers": worded(words, rules.rows(survey.SatisfactionAnswer)),
        **{
            f"answers.{question.code}": coded(words, "answer", [*(one.code for one in question.options), *UNSCORED])
            for question in questions(rules) if question.options
        },
    }  # fmt: skip


def questions(rules: Rules) -> tuple[Any, ...]:
    """The questions of the instrument that is asked."""
    return tuple(one for row in rules.rows(survey.Survey) for one in instrument(row.instrument, row.version).questions)


def of_money(rules: Rules, words: Labels) -> Mapping[str, Options]:
    """Kinds of support, what an instalment waits for, and its proofs."""
    triggers = rules.rows(money.Trigger)
    return {
        "LineIn.kind": coded(words, "support", (row.code for row in rules.rows(money.SupportKind))),
        "InstalmentIn.trigger": coded(words, "trigger", (row.code for row in triggers)),
        "ProofIn.kind": coded(words, "proof", (code for row in triggers for code in row.evidence)),
    }


def of_house(rules: Rules, words: Labels) -> Mapping[str, Options]:
    """Funding lines and fields of the sheet."""
    return {
        "AssistanceIn.line": coded(words, "line", (row.code for row in rules.rows(shelter.FundingLine))),
        "ShelterFieldIn.field": coded(words, "field", (row.field for row in rules.rows(shelter.ShelterSheet))),
    }


@cache
def keys(pathway: str, version: int, language: str) -> Mapping[str, Options]:
    """By ``Model.field``: the keys of a dict."""
    rules, words = rules_of(pathway, version), labels(language)
    return {
        "BestInterestsIn.parts": worded(words, rules.rows(child.BestInterestsPart)),
        "LineIn.feasibility": coded(words, "criterion", (row.criterion for row in rules.rows(money.Feasibility))),
        "SurveyIn.answers": coded(words, "topic", (question.code for question in questions(rules))),
        "SatisfactionIn.answers": worded(words, rules.rows(survey.SatisfactionQuestion)),
    }


@cache
def rows(pathway: str, version: int, language: str, track: str) -> Mapping[str, Fixed]:
    """By ``Model.field``: the rows that a list has on a track, each with the questions to ask about it."""
    rules, words = rules_of(pathway, version), labels(language)
    asked = [row for row in rules.rows(risk_assessment.RiskDomain) if track in row.tracks]
    domains = tuple(
        Option(row.code, capital(getattr(row, words.language), words.language),
               " ".join(capital(getattr(one, words.language), words.language) for one in row.questions))
        for row in asked
    )  # fmt: skip
    factors = coded(words, "factors", (row.code for row in rules.rows(screening.Factor)))
    return {"RiskIn.items": Fixed("domain", domains, every=True), "VulnerabilityIn.factors": Fixed("code", factors)}
