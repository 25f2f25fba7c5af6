"""How records are shown at the doors: references, standings and codes; no name, no number of a document."""

from collections.abc import Mapping
from typing import Any

from models.case import Case
from models.event import Event
from models.queries import cases
from models.queries.partners import names
from models.question import Question
from models.stage import Stage
from workflows.decide import decide
from workflows.duties import duties
from workflows.explain import explain, explain_arrival, explain_duty, sentence, shown
from workflows.gates.closure import reason_row
from workflows.gather import gather
from workflows.house import House
from workflows.lease import UnknownCase
from workflows.pathways import rules_of
from workflows.standing import Asking, Doing, Duty, Standing, Waiting, reason_of, until_of


def listed(case: Case) -> dict[str, Any]:
    """A case in a list."""
    return {
        "id": case.id, "ref": case.ref, "pathway": f"{case.pathway}@{case.pathway_version}", "track": case.track,
        "journey": case.journey, "country": case.country, "ver": case.ver, "opened_at": case.opened_at,
        "closed_at": case.closed_at, "outcome": case.outcome, "due_at": case.due_at, "episode": case.episode,
        "suspended_at": case.suspended_at, "responsible": case.responsible,
    }  # fmt: skip


def is_followed(standings: Mapping[Stage, Standing]) -> bool:
    """Whether the case is in follow-up."""
    return isinstance(standings[Stage.FOLLOW_UP], Waiting | Asking | Doing)


def htcds(case: Case, followed: bool) -> str:
    """The status in the words of HTCDS 2.0 (domain.md §4.1)."""
    if case.closed_at is not None:
        row = reason_row(rules_of(case.pathway, case.pathway_version), case.outcome or "")
        return row.htcds if row else "Closed"
    return "FollowUp" if followed else "Active"


def closed_as(case: Case, language: str) -> str | None:
    """Why the case was closed, in words."""
    return shown(case.outcome, language) if case.outcome else None


def stage_view(stage: Stage, standing: Standing, note: Any, now: Any, language: str) -> dict[str, Any]:
    """One stage: kind, reason, counterpart, since, until, and what then."""
    reason = reason_of(standing)
    view: dict[str, Any] = {
        "stage": stage, "kind": type(standing).__name__, "why": sentence(reason, language), "code": reason.code,
        "since": note.since if note and note.why.get("code") == reason.code else now, "until": until_of(standing),
    }  # fmt: skip
    if isinstance(standing, Waiting):
        view |= {"waits_for": standing.on, "then": sentence(standing.then, language)}
    if isinstance(standing, Asking):
        view |= {"waits_for": standing.role, "question": standing.question, "subject": standing.subject}
        view["then"] = sentence(standing.then, language)
    return view


def duty_view(duty: Duty, language: str) -> dict[str, Any]:
    """What must be seen to beside the stages."""
    asking = duty.asking
    return {
        "stage": duty.stage, "why": sentence(asking.why, language), "code": asking.why.code, "until": asking.until,
        "waits_for": asking.role, "question": asking.question, "subject": asking.subject,
        "then": sentence(asking.then, language),
    }  # fmt: skip


def explanation(house: House, ref: str, language: str) -> list[str]:
    """A line a stage, in words."""
    now = house.clock.now()
    with house.database.reading() as session:
        case = cases.by_ref(session, ref)
        if case is None:
            raise UnknownCase(ref)
        facts = gather(session, case, now)
        standings, called = decide(facts), names(session)
    lines = [explain(stage, standing, language, standings, called) for stage, standing in standings.items()]
    beside = [explain_duty(duty, language) for duty in duties(facts) if duty.is_open(now)]
    return lines + explain_arrival(facts, language) + beside


def told(event: Event) -> dict[str, Any]:
    """An event of the time line."""
    return {"number": event.number, "at": event.at, "by": event.by, "kind": event.kind, "said": event.said}


def question_view(question: Question, ref: str) -> dict[str, Any]:
    """An open question."""
    return {
        "id": question.id, "case": ref, "stage": question.stage, "kind": question.kind, "subject": question.subject,
        "role": question.role, "asked_at": question.at, "until": question.until,
    }  # fmt: skip
