"""``sila process``: the whole map, and what is proved of it."""

import re
from random import Random
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.simulate.play import Play
from api.cli.simulate.run import FAULTS, LONGEST, SeededIds
from api.cli.simulate.world import simulated
from api.cli.use import DATA, DataOption, stop, use
from integrations.in_process import START, Agenda, Faults
from models.base import IDS
from models.clock import wall
from models.queries.cases import by_ref
from models.stage import MAP, Stage
from workflows.explain import explain, phrases
from workflows.facts import Facts
from workflows.gates import GATES
from workflows.gather import gather
from workflows.pathways import CURRENT, BadRules, current, load
from workflows.process.checks import Proof, of_the_text
from workflows.process.personal import IMPERSONAL, PERSONAL
from workflows.process.sites import ASKS, WAITS, Site, sites
from workflows.process.states import of_states
from workflows.process.versions import differences, would_stand

process_app = typer.Typer(help="The process: its map, and what is proved of it.", no_args_is_help=True)
out = Console(width=150)
LIVES = 12


@process_app.command("show")
def show() -> None:
    """The whole map: stages, gates, questions, waits, deadlines, disclosures, data and its sources."""
    version = load(*current(wall().date()))
    head = version.head
    out.print(f"{head.pathway}@{head.version}, valid from {head.valid_from}, owner: {head.owner}\n")
    for stage in MAP:
        show_stage(stage)
    out.print(beside())
    out.print(told())
    out.print(limits())
    out.print(tables())


def show_stage(stage: Stage) -> None:
    """One stage: gates, then everything that it asks, waits for and does."""
    row, words = MAP[stage], phrases("en")
    flow = f"   Prefect flow {row.flow}" if row.flow else ""
    way = "   only on the way back" if row.returning else ""
    out.print(f"[bold]{words['stages'][stage.value]}[/bold]   moved by {row.mover.value}{flow}{way}")
    for gate in row.needs:
        out.print(f"    gate {gate.value}: {(GATES[gate].__doc__ or '').strip().splitlines()[0]}", highlight=False)
    for site in sites():
        if site.noun == stage.value and site.kind != "duty":
            out.print(f"    {line_of(site)}", highlight=False)
    out.print()


def line_of(site: Site) -> str:
    """A question, a wait or an action in one line."""
    why = in_general(phrases("en")["reasons"].get(site.reason or "", "for the reason that its gate gives"))
    if site.kind in ASKS:
        role = (site.role or "(as the case is)").replace("_", " ")
        return f"asks {role} for {site.question or '(as the case is)'} within {length_of(site.limit)}; {why}"
    if site.kind == WAITS:
        return f"waits for {site.party or '(as the case is)'}; {why}"
    return f"does {site.action or '(the same)'}; {why}"


def in_general(reason: str) -> str:
    """A reason without a case: where a number chooses its noun, the noun for many."""
    return re.sub(r"\{\w+:[^|}]*\|([^}]*)\}", r"\1", reason)


def length_of(limit: str | None) -> str:
    """A limit by its name and how long it is."""
    if limit is None:
        return "(as the case is)"
    known = load(*current(wall().date())).times[limit]
    return f"{known.value.normalize():f} {known.unit} ({limit})"


def beside() -> Table:
    """Duties."""
    table = Table("duty", "of", "within", "why", title="Beside the stages")
    for site in sites():
        if site.kind == "duty":
            why = in_general(phrases("en")["reasons"].get(site.reason or "", ""))
            table.add_row(
                site.question or "(as the case is)", site.role or "(as the case is)", length_of(site.limit), why
            )
    return table


def told() -> Table:
    """Disclosures."""
    table = Table("action", "to", "tells", "stands on", title="What leaves the house")
    for action, tells in PERSONAL.items():
        table.add_row(action, tells.recipient, tells.what, f"{tells.consent} of the person")
    for action, what in IMPERSONAL.items():
        table.add_row(action, "", what, "nothing personal")
    return table


def limits() -> Table:
    """Numbers with their sources."""
    version = load(*current(wall().date()))
    table = Table("limit", "value", "law", "valid from", "source", "owner", "file", title="Limits")
    for name, one in sorted({**version.times, **version.numbers}.items()):
        table.add_row(name, f"{one.value} {one.unit}", "yes" if one.legal else "", str(one.valid_from), one.source,
                      one.owner, version.origin[name])  # fmt: skip
    return table


def tables() -> Table:
    """Tables with their sources."""
    version = load(*current(wall().date()))
    table = Table("table", "rows", "of law", "sources", "owners", "file", title="Tables")
    for kind, rows in sorted(version.tables.items(), key=lambda item: item[0].table):
        sources = sorted({row.source for row in rows})
        table.add_row(kind.table, str(len(rows)), str(sum(row.legal for row in rows)),
                      sources[0] + (f" (and {len(sources) - 1} more)" if len(sources) > 1 else ""),
                      ", ".join(sorted({row.owner for row in rows})), version.origin[kind.table])  # fmt: skip
    return table


@process_app.command("compare")
def compare(before: int, after: int, pathway: str = CURRENT[0]) -> None:
    """What changes from one version to another, limit by limit and table by table."""
    try:
        lines = list(differences(pathway, before, after))
    except BadRules as error:
        raise stop(str(error)) from None
    out.print("\n".join(lines) or "Nothing changes.", highlight=False)


@process_app.command("try")
def try_version(ref: str, version: int, data: DataOption = DATA) -> None:
    """How a case would stand under another version. Nothing is moved: that is the fact pathway_move."""
    house = use(data)
    with house.database.reading() as session:
        case = by_ref(session, ref)
        if case is None:
            raise stop(f"There is no case {ref}.")
        facts = gather(session, case, house.clock.now())
    try:
        changed = would_stand(facts, version)
    except BadRules as error:
        raise stop(str(error)) from None
    for stage, (now, then) in changed.items():
        out.print(f"now   {explain(stage, now)}\nthen  {explain(stage, then)}", highlight=False)
    out.print(f"{len(changed)} stages would stand otherwise.")


@process_app.command("check")
def check(
    lives: Annotated[int, typer.Option(min=1, help="How many lives are lived to find states.")] = LIVES,
    seed: int = 7,
) -> None:
    """Prove what must hold of the process: of its text and rules, and of every state that cases come to."""
    proofs = [*of_the_text(), *of_states(states(lives, seed))]
    table = Table("claim", "looked at", "against", "for example", title="Proofs")
    for proof in proofs:
        table.add_row(proof.claim, str(proof.looked_at), str(len(proof.against)), (proof.against or [""])[0])
    out.print(table)
    raise typer.Exit(verdict(proofs))


def verdict(proofs: list[Proof]) -> int:
    """0 when nothing speaks against anything."""
    against = sum(len(proof.against) for proof in proofs)
    out.print("All of it holds." if not against else f"{against} things speak against it.")
    return 1 if against else 0


def states(lives: int, seed: int) -> list[Facts]:
    """Every state at which some lives come to rest, drawn by chance."""
    name = f"{seed}:process"
    before, IDS[0] = IDS[0], SeededIds(name)
    agenda = Agenda(START, Random(f"{name}:world"))  # noqa: S311 - chance for a simulation, not a secret
    try:
        with simulated(agenda, Faults(Random(f"{name}:faults"), **FAULTS)) as made:  # noqa: S311
            play = Play(made, name, lives, keep_states=True)
            play.run(START + LONGEST)
    finally:
        IDS[0] = before
    return play.states
