"""Records the sheet of a stay, field by field: what was written offline is kept once, and conflicts are not hidden."""

from models import shelter as s
from models.queries.shelter import standing_word
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.pathways import rules_of
from workflows.pathways.tables.shelter import ShelterSheet
from workflows.records.common import PROTECTION, about
from workflows.records.shelter import HOUSE, known, of_stay


def field(r: Recording) -> None:
    """One word on one field. In conflict it waits for a person where nothing may be overwritten (domain.md §6)."""
    if known(r, s.ShelterField):
        return
    stay, newest = of_stay(r, r.body.stay), rule_of(r).on_conflict == "newest"
    stands = standing_word(r.session, stay.id, r.body.field, newest=newest)
    late = stands is not None and stands.id != r.body.replaces and not newest
    row = s.ShelterField(
        **r.row, person_id=stay.person_id, client_id=r.body.client_id, stay_id=stay.id, field=r.body.field,
        written_at=r.body.written_at, replaces=r.body.replaces, contests=stands.id if stands and late else None,
    )  # fmt: skip
    r.save(row, value=r.body.value)


def rule_of(r: Recording) -> ShelterSheet:
    """The field as the pathway knows it. Raises Wrong."""
    rows = {row.field: row for row in rules_of(r.case.pathway, r.case.pathway_version).rows(ShelterSheet)}
    if r.body.field not in rows:
        raise Wrong("unknown_field", f"field: not on the sheet; use one of {', '.join(rows)}.", "field")
    return rows[r.body.field]


def decision(r: Recording) -> None:
    """Which word stands, by somebody who wrote neither (four eyes)."""
    late = about(r, s.ShelterField)
    if late.contests is None:
        raise Refused("no_conflict", "This word is in no conflict.")
    first = r.session.get_one(s.ShelterField, late.contests)
    if r.by in (late.by, first.by):
        raise Refused("four_eyes", "Somebody else than those who wrote the two words must decide.")
    stands = late.id if r.body.stands == "this" else first.id
    r.save(s.ShelterDecision(**r.row, person_id=late.person_id, contested_id=late.id, stands=stands))


FACTS = (
    Fact("shelter_field", i.ShelterFieldIn, (*HOUSE, Role.PROTECTION_OFFICER), field),
    Fact("shelter_decision", i.ShelterDecisionIn, PROTECTION, decision, only_when_asked=True),
)
