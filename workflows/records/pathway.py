"""A case keeps the version it started under until a person moves it to a newer one."""

from models.event import append
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.inputs.pathway import PathwayMoveIn
from workflows.pathways import BadRules, load, versions
from workflows.records.common import SUPERVISOR


def move(r: Recording) -> None:
    """To a newer version that holds already; what follows is decided anew, nothing that happened is lost."""
    to, case = r.body.version, r.case
    if to <= case.pathway_version:
        raise Refused("not_newer", f"The case runs under version {case.pathway_version}: name a newer one.", "version")
    try:
        head = load(case.pathway, to).head
    except BadRules:
        known = ", ".join(map(str, versions(case.pathway)))
        raise Wrong("unknown_version", f"version: there is no version {to}; there are {known}.", "version") from None
    if head.valid_from > r.now.date():
        raise Refused("not_yet", f"Version {to} holds from {head.valid_from} on: move the case then.", "version")
    append(r.session, case.ref, "pathway.moved", r.by, r.now, before=case.pathway_version, after=to)
    case.pathway_version = to


FACTS = (Fact("pathway_move", PathwayMoveIn, SUPERVISOR, move),)
