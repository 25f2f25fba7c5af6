"""Screening: signs, interview, decisions; until somebody decided, signs make a possible victim."""

from collections.abc import Iterable
from datetime import datetime

from models.screening import (
    Screening,
    StatusAppeal,
    StatusKind,
    TraffickingInterview,
    UrgentNeed,
    VictimStatus,
    VulnerabilityAssessment,
)
from workflows import facts as f
from workflows.gather.reader import Reader

VICTIM = ("possible", "actual")
VULNERABLE = ("medium", "high")


def screening(read: Reader) -> f.Screening | None:
    """Screening outlives a journey: who somebody is does not change with their plans."""
    rows = read.all(Screening)
    if not rows:
        return None
    judged = vulnerability(read)
    vulnerable = rows[-1].vulnerable or (judged is not None and judged.level in VULNERABLE)
    return f.Screening(rows[0].at, result_of(read), vulnerable, rows[-1].asylum_pending)


def result_of(read: Reader) -> str:
    """What counts for assistance now: the decision, unless signs came after it; undecided signs are possible."""
    decided = newest_status(read, StatusKind.ASSISTANCE)
    signs = last_sign(read)
    status = str(read.vault.open(decided, "status")) if decided else "none"
    if decided and (status == "actual" or signs is None or signs <= decided.at):
        return status
    return "possible" if signs else "none"


def last_sign(read: Reader) -> datetime | None:
    """When something last pointed at trafficking: a screening, an interview, the word of an authority."""
    seen = [row.at for row in read.all(Screening) if has_signs(read, row)]
    seen += [row.at for row in read.all(TraffickingInterview)]
    official = newest_status(read, StatusKind.OFFICIAL)
    if official and read.vault.open(official, "status") in VICTIM:
        seen.append(official.at)
    return max(seen, default=None)


def has_signs(read: Reader, row: Screening) -> bool:
    """Indicators, the counsellor's suspicion, or their own view."""
    signs: Iterable[object] = (read.vault.open(row, "indicators"), read.vault.open(row, "suspicion"))
    return any(signs) or read.vault.open(row, "result") in VICTIM


def newest_status(read: Reader, kind: StatusKind) -> VictimStatus | None:
    """The newest of the append-only rows of one kind."""
    rows = [row for row in read.all(VictimStatus) if row.kind is kind]
    return rows[-1] if rows else None


def trafficking(read: Reader) -> f.Trafficking:
    """Where the second step stands, and the official status beside it."""
    decided, signs = newest_status(read, StatusKind.ASSISTANCE), last_sign(read)
    official = newest_status(read, StatusKind.OFFICIAL)
    appeals, interviews = read.all(StatusAppeal), read.all(TraffickingInterview)
    appealed = bool(decided and appeals and appeals[-1].at >= decided.at)
    is_actual = decided is not None and read.vault.open(decided, "status") == "actual"
    undecided = signs is not None and not is_actual and (decided is None or signs > decided.at)
    return f.Trafficking(
        pending=appealed or undecided,
        interview=str(interviews[-1].id) if interviews else None,
        appealed=appealed,
        official=read.vault.open(official, "status") if official else None,
        official_body=read.vault.open(official, "body") if official else None,
    )


def vulnerability(read: Reader) -> f.Vulnerability | None:
    """The newest judgement of a person, with the machine's hint beside it."""
    rows = read.all(VulnerabilityAssessment)
    if not rows:
        return None
    level, hint = read.vault.open(rows[-1], "level"), read.vault.open(rows[-1], "hint")
    return f.Vulnerability(rows[-1].at, str(level), str(hint))


def urgent_needs(read: Reader) -> tuple[f.UrgentNeed, ...]:
    """Those that nobody has met."""
    rows = [row for row in read.all(UrgentNeed) if row.met_by is None]
    return tuple(f.UrgentNeed(str(row.id), str(read.vault.open(row, "need"))) for row in rows)
