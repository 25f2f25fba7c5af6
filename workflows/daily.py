"""The state of all cases as a page of Prefect, once a night: counts by stage, and the cases that come due first."""

from sqlmodel import Session, col, select

from models.case import Case
from models.queries.operations import by_stage, totals
from models.question import StandingRow
from models.stage import Stage
from workflows.explain import phrases
from workflows.house import House

KEY, ABOUT = "state-of-all-cases", "How many open cases stand how in each stage, and which come due first."
KINDS = ("Doing", "Waiting", "Asking", "Blocked", "Done", "NotNeeded")
MOST = 300  # the text goes into an event too; what comes later is found on our own pages
LIVE = ("Waiting", "Asking", "Doing")


def report(house: House) -> str:
    """Markdown: references and codes only, each reference with the way to its page."""
    now, home = house.clock.now(), house.world.settings.public_url
    with house.database.reading() as session:
        counts, all_, rows = by_stage(session), totals(session, now), first_due(session)
    words = phrases("en")["stages"]
    lines = [f"# {now:%Y-%m-%d}: {all_['open']} open cases", "", "| stage | " + " | ".join(KINDS) + " |",
             "|---|" + "--:|" * len(KINDS)]  # fmt: skip
    for stage, numbers in counts.items():
        lines.append(f"| {words[stage.value]} | " + " | ".join(str(numbers.get(kind, 0)) for kind in KINDS) + " |")
    lines += ["", f"The {len(rows)} that come due first ([all]({home}/operations)):", "",
              "| case | due | stages at work |", "|---|---|---|"]  # fmt: skip
    lines += [line(home, case, stages) for case, stages in rows]
    return "\n".join(lines) + "\n"


def first_due(session: Session) -> list[tuple[Case, list[Stage]]]:
    """Open cases in the order in which they come due, with the stages that wait, ask or work."""
    query = select(Case).where(col(Case.closed_at).is_(None), col(Case.due_at).is_not(None))
    cases = session.exec(query.order_by(col(Case.due_at)).limit(MOST)).all()
    notes = select(StandingRow).where(col(StandingRow.case_id).in_([case.id for case in cases]))
    live: dict[object, list[Stage]] = {}
    for row in session.exec(notes.where(col(StandingRow.kind).in_(LIVE))):
        live.setdefault(row.case_id, []).append(row.stage)
    return [(case, sorted(live.get(case.id, []))) for case in cases]


def line(home: str, case: Case, stages: list[Stage]) -> str:
    """One case."""
    due = f"{case.due_at:%Y-%m-%d %H:%M}" if case.due_at else ""
    return f"| [{case.ref}]({home}/operations/cases/{case.ref}) | {due} | {', '.join(stages)} |"
