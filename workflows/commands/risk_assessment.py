"""Reading an assessment, which is written down before it is shown."""

from typing import Any

from models import risk_assessment
from models.access import Act, Field
from models.queries.access import must
from models.staff import Staff
from models.stage import Role
from workflows.class_three import note_class3
from workflows.commands.change import NotAllowed, Refused
from workflows.gather import Reader, gather
from workflows.house import House
from workflows.lease import lock

READERS = (Role.PROTECTION_OFFICER, Role.SUPERVISOR)
REPORTED = ("kind", "channel", "happened_on", "narrative")
SHOWN = [f"risk_assessments.{name}" for name in risk_assessment.SEALED] + [f"threats.{name}" for name in REPORTED]


def read_assessment(house: House, ref: str, who: Staff) -> dict[str, Any]:
    """The newest assessment of a case in plain, its hash, and what was reported: for those who decide on it.

    Raises NotAllowed, UnknownCase, Denied, or Refused when there is none.
    """
    if not who.has(*READERS):
        raise NotAllowed("role", "Only protection officers and supervisors read assessments.")
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        now = house.clock.now()
        ties = must(session, who, Act.SEE, case, now, 3, Field.NARRATIVE)
        note_class3(session, who, case, ties, SHOWN, now, about=Field.NARRATIVE)
        read = Reader(session, case)
        row, facts = read.latest(risk_assessment.RiskAssessment), gather(session, case, now)
        if row is None or facts.risk is None:
            raise Refused("no_assessment", "There is no assessment on this journey yet: record one.")
        said = {name: read.vault.open(row, name) for name in risk_assessment.SEALED}
        threats = [reported(read, threat) for threat in read.all(risk_assessment.Threat)]
    return {
        **said, "assessment": str(row.id), "sha256": facts.risk.sha256, "by": row.by, "at": row.at,
        "valid_until": row.valid_until, "approved": facts.risk.approved, "heard_of_the_place": facts.risk.heard,
        "reported": threats,
    }  # fmt: skip


def reported(read: Reader, row: risk_assessment.Threat) -> dict[str, Any]:
    """One thing that was reported."""
    return {"at": row.at, "by": row.by, **{name: read.vault.open(row, name) for name in REPORTED}}
