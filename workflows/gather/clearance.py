"""Risk, the word of the place, exit."""

from models import clearance, risk_assessment
from workflows import facts as f
from workflows.gather.reader import Reader


def country_input(read: Reader) -> f.CountryInput | None:
    """The newest question to a partner about the place."""
    row = read.latest(risk_assessment.CountryInput)
    return f.CountryInput(row.at, row.safe) if row else None


def risk(read: Reader) -> f.Risk | None:
    """The newest assessment with its approval."""
    row = read.latest(risk_assessment.RiskAssessment)
    if row is None:
        return None
    approvals = [a for a in read.current(risk_assessment.RiskApproval) if a.assessment_id == row.id]
    approved = approvals[-1].approved if approvals else None
    return f.Risk(str(row.id), row.at, str(read.vault.open(row, "level")), row.valid_until, approved)


def exit_of(read: Reader) -> f.Exit | None:
    """The newest exit clearance."""
    row = read.latest(clearance.ExitClearance)
    return f.Exit(row.cleared, row.told_the_person, row.valid_until) if row else None
