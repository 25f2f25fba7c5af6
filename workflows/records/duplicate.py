"""Records who is the same: one person decides, a second confirms, both cases become one, and it can be undone."""

from uuid import UUID

from sqlmodel import col, select

from models.duplicate import CaseMerge, DuplicateCandidate, DuplicateVerdict, PriorAssistance
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.merging import merge_cases, say_same, unmerge_cases
from workflows.pathways import rules_of
from workflows.pathways.tables.duplicate import Programme
from workflows.records.common import PROTECTION, STAFF, about, principal


def review(r: Recording) -> None:
    """Same, different or unsure; who was unsure leaves it to somebody else."""
    row = about(r, DuplicateCandidate)
    last = newest(r, row.id)
    if last and last.verdict == "unsure" and last.by == r.by:
        raise Refused("four_eyes", "You were not sure: let somebody else look at both files.")
    if merge_of(r, row.id):
        raise Refused("merged", "The two cases are one by now; undo that first.")
    decide(r, row, r.body.verdict)


def decide(r: Recording, row: DuplicateCandidate, verdict: str) -> None:
    """A verdict, kept where the candidate was found, and what counts as already had from now on in both cases."""
    word = DuplicateVerdict(
        case_id=row.case_id, journey=row.journey, at=r.now, by=r.by, person_id=row.person_id, candidate_id=row.id,
        verdict=verdict,
    )  # fmt: skip
    r.save(word, reasons=r.body.reasons)
    say_same(r, row, same=verdict == "same")


def newest(r: Recording, candidate: UUID) -> DuplicateVerdict | None:
    """The last word on a candidate."""
    query = select(DuplicateVerdict).where(DuplicateVerdict.candidate_id == candidate)
    return r.session.exec(query.order_by(col(DuplicateVerdict.at).desc(), col(DuplicateVerdict.id).desc())).first()


def merge_of(r: Recording, candidate: UUID) -> CaseMerge | None:
    """The merge that stands, if one does."""
    query = select(CaseMerge).where(CaseMerge.candidate_id == candidate, CaseMerge.case_id == r.case.id)
    row = r.session.exec(query.order_by(col(CaseMerge.at).desc(), col(CaseMerge.id).desc())).first()
    return row if row and not row.undone else None


def merge(r: Recording) -> None:
    """By somebody else than who said "same"; a no makes them different again."""
    row, last = about(r, DuplicateCandidate), newest(r, about(r, DuplicateCandidate).id)
    if last is None or last.verdict != "same":
        raise Refused("not_same", "Nobody has decided that they are the same person.")
    if last.by == r.by:
        raise Refused("four_eyes", "Somebody else than who decided that it is the same person must confirm it.")
    if not r.body.agreed:
        return decide(r, row, "different")
    merge_cases(r, row, keep_this=r.body.keep == "this")


def unmerge(r: Recording) -> None:
    """Both cases are as before; neither counts what the other was given."""
    row = either_side(r)
    stands = merge_of(r, row.id)
    if stands is None:
        raise Refused("not_merged", "These cases are not merged.")
    decide(r, row, "different")
    unmerge_cases(r, stands)


def either_side(r: Recording) -> DuplicateCandidate:
    """The candidate, whichever of the two cases found it."""
    try:
        row = r.session.get(DuplicateCandidate, UUID(r.body.about))
    except ValueError:
        row = None
    if row is None or r.case.id not in (row.case_id, row.other_case_id):
        raise Wrong("unknown", "about: not found in this case; the question names it.", "about")
    return row


def prior_assistance(r: Recording) -> None:
    """Help from elsewhere, or none."""
    known = {row.code for row in rules_of(r.case.pathway, r.case.pathway_version).rows(Programme)}
    if r.body.programme not in {*known, "none"}:
        raise Wrong("unknown_programme", f"programme: use one of {', '.join(sorted(known))}, or none.", "programme")
    row = PriorAssistance(
        **r.row, person_id=principal(r.session, r.case).id, **r.body.model_dump(exclude={"notes"}),
    )  # fmt: skip
    r.save(row, notes=r.body.notes)


FACTS = (
    Fact("duplicate_review", i.DuplicateReviewIn, (*STAFF, Role.PROTECTION_OFFICER), review),
    Fact("duplicate_merge", i.DuplicateMergeIn, PROTECTION, merge, only_when_asked=True),
    Fact("duplicate_unmerge", i.DuplicateUnmergeIn, PROTECTION, unmerge),
    Fact("prior_assistance", i.PriorAssistanceIn, STAFF, prior_assistance),
)
