"""Gathers what was asked in surveys, and which answers alarm: never a score."""

from models.survey import SurveyResponse
from workflows.gather.reader import Reader
from workflows.pathways import rules_of
from workflows.pathways.tables.survey import SurveyAlert


def surveyed(read: Reader) -> frozenset[str]:
    """The points at which the survey was asked, or declined."""
    return frozenset(row.point for row in read.current(SurveyResponse))


def alarms(read: Reader) -> tuple[str, ...]:
    """Responses with an answer that somebody must look into, whatever the score (domain.md §3.4)."""
    rows = read.current(SurveyResponse)
    alerts = rules_of(read.case.pathway, read.case.pathway_version).rows(SurveyAlert) if rows else ()
    found = []
    for row in rows:
        said = read.vault.open(row, "answers") or {}
        if any(alert.instrument == row.instrument and said.get(alert.question) in alert.answers for alert in alerts):
            found.append(str(row.id))
    return tuple(found)
