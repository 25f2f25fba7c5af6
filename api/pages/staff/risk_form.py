"""The matrix as it is filled in: one block a domain, and back to the input that the command takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData

from models.case import Case
from models.stage import Track
from workflows.inputs.risk_assessment import RiskIn
from workflows.pathways import rules_of
from workflows.pathways.tables.risk_assessment import Mitigation, RiskBand, RiskDomain

SCORES = ("likelihood", "impact", "likelihood_after", "impact_after")


@dataclass(frozen=True)
class Matrix:
    """What a case's version of the rules asks for: domains, mitigations and bands."""

    domains: tuple[RiskDomain, ...]
    mitigations: tuple[Mitigation, ...]
    bands: tuple[RiskBand, ...]
    every: tuple[RiskDomain, ...]

    def named(self, code: str, language: str) -> str:
        """A domain or a mitigation in words; domains of the other track too, which an older assessment may have."""
        rows: dict[str, Any] = {row.code: row for row in self.every}
        rows |= {row.code: row for row in self.mitigations}
        return str(getattr(rows[code], language)) if code in rows else code

    def level(self, likelihood: int, impact: int) -> str:
        """The level of one cell."""
        score = likelihood * impact
        return next((row.level for row in self.bands if row.least <= score <= row.most), "")


@dataclass(frozen=True)
class Tried:
    """What came of a form: the input, or what is wrong with which part of it."""

    said: RiskIn | None
    troubles: Mapping[str, str]


def matrix_of(case: Case) -> Matrix:
    """The matrix of the person's track."""
    rules = rules_of(case.pathway, case.pathway_version)
    track = "in_place" if case.track is Track.IN_PLACE else "return"
    domains = tuple(row for row in rules.rows(RiskDomain) if track in row.tracks)
    return Matrix(domains, tuple(rules.rows(Mitigation)), tuple(rules.rows(RiskBand)), tuple(rules.rows(RiskDomain)))


def tried(matrix: Matrix, form: FormData) -> Tried:
    """The input of a form that was sent."""
    body = {
        "level": text(form, "level") or "", "items": [item(domain.code, form) for domain in matrix.domains],
        "reason": text(form, "reason"), "narrative": text(form, "narrative"),
    }  # fmt: skip
    try:
        return Tried(RiskIn.model_validate(body), {})
    except ValidationError as error:
        return Tried(None, dict(trouble(matrix, dict(one)) for one in error.errors()))


def item(code: str, form: FormData) -> dict[str, Any]:
    """One domain: its scores, or why it does not apply."""
    reason = text(form, f"{code}.reason")
    if text(form, f"{code}.applies") == "no":
        return {"domain": code, "applies": False, "reason": reason}
    scores = {name: text(form, f"{code}.{name}") for name in SCORES}
    mitigations = [str(one) for one in form.getlist(f"{code}.mitigations")]
    given = {name: said for name, said in scores.items() if said}
    return {"domain": code, "mitigations": mitigations, "reason": reason, **given}


def trouble(matrix: Matrix, error: dict[str, Any]) -> tuple[str, str]:
    """Which part is wrong, by the name of its first field, and its kind."""
    where = error["loc"]
    if where[0] == "items" and len(where) > 1:
        return matrix.domains[where[1]].code, kind_of(str(error["msg"]))
    return str(where[0]), "missing"


def kind_of(message: str) -> str:
    """A kind of trouble that the page has words for."""
    if "does not apply" in message:
        return "why_not"
    if "cannot be more" in message:
        return "more_after"
    return "mitigations" if "name the mitigations" in message else "scores"


def text(form: FormData, name: str) -> str | None:
    """What was typed, or nothing."""
    return str(form.get(name, "")).strip() or None
