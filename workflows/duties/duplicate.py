"""Beside intake: who may be the same is looked at by two people, and help from elsewhere asked about."""

from collections.abc import Iterator

from models.stage import Role, Stage
from workflows.facts import Candidate, Facts
from workflows.patience import duty
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterator[Duty]:
    """Nothing is ever merged without two people; what is open holds closure, because of what may be paid twice."""
    if not facts.data_consent:
        return
    for candidate in facts.intake.candidates:
        yield from about(facts, candidate)
    if facts.screening and not facts.intake.elsewhere_asked:
        yield duty(facts, Stage.INTAKE, Role.COUNSELLOR, "prior_assistance", say("duplicate.elsewhere"),
                   holds_closure=False)  # fmt: skip


def about(facts: Facts, candidate: Candidate) -> Iterator[Duty]:
    """Looked at, looked at again by somebody else, or confirmed."""
    if candidate.merged or candidate.verdict == "different":
        return
    if candidate.verdict == "same":
        yield duty(facts, Stage.INTAKE, Role.SUPERVISOR, "duplicate_merge", say("duplicate.same"),
                   subject=candidate.id)  # fmt: skip
    elif candidate.verdict == "unsure":
        yield duty(facts, Stage.INTAKE, Role.SUPERVISOR, "duplicate_review", say("duplicate.unsure"),
                   subject=candidate.id)  # fmt: skip
    else:
        twin, found = say("duplicate.twin", score=candidate.score), say("duplicate.found", score=candidate.score)
        why = twin if candidate.twin else found
        yield duty(facts, Stage.INTAKE, Role.COUNSELLOR, "duplicate_review", why, subject=candidate.id,
                   within="urgent" if candidate.confidence == "high" else "answer")  # fmt: skip
