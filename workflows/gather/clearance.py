"""Risk, the word of the place, exit."""

from models import clearance, risk_assessment
from workflows import facts as f
from workflows.gather.reader import Reader


def country_input(read: Reader) -> f.CountryInput | None:
    """The newest question to a partner about the place."""
    row = read.latest(risk_assessment.CountryInput)
    return f.CountryInput(row.at, row.safe) if row else None


def risk(read: Reader) -> f.Risk | None:
    """The newest assessment with its approval, which counts for exactly the content that was approved (S8)."""
    row = read.latest(risk_assessment.RiskAssessment)
    if row is None:
        return None
    sha256 = row.sha256()
    words = [a for a in read.current(risk_assessment.RiskApproval) if a.assessment_id == row.id and a.by != row.by]
    approved = words[-1].approved if words and words[-1].sha256 == sha256 else None
    return f.Risk(
        str(row.id), row.at, str(read.vault.open(row, "level")), row.valid_until, approved,
        hint=str(read.vault.open(row, "hint") or ""), sha256=sha256, signals_seen=row.signals_seen,
        country_id=str(row.country_assessment_id) if row.country_assessment_id else None,
        heard=row.country_input_id is not None,
    )  # fmt: skip


def exit_of(read: Reader) -> f.Exit | None:
    """The newest exit clearance."""
    row = read.latest(clearance.ExitClearance)
    return f.Exit(row.cleared, row.told_the_person, row.valid_until) if row else None
