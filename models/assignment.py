"""Who works on a case, in which role, from when until when. Who answers for it is ``models.case.Case.owner``."""

from datetime import datetime

from sqlalchemy import Index, text

from models.base import instant, plain, word
from models.case import Belonging
from models.stage import Role

LIVE = text("until IS NULL")


class CaseAssignment(Belonging, table=True):
    """Somebody works on a case in a role from ``at`` on; ``until`` ends it, and what they may see with it, at once."""

    __tablename__ = "case_assignments"
    __table_args__ = (
        Index("ix_case_assignments_live", "handle", "role", "case_id", sqlite_where=LIVE, postgresql_where=LIVE),
    )

    role: Role = word(Role)
    handle: str = plain(max_length=60)
    until: datetime | None = instant(None)
    ended_by: str | None = plain(None, max_length=60)
