"""Exit clearance: leave to exit, and the person knows what overstaying will cost them before they choose."""

from models.stage import Role
from workflows import gates
from workflows.facts import Facts
from workflows.patience import ask
from workflows.standing import Done, Standing, say


def decide(facts: Facts) -> Standing:
    """The movement officer's word, valid on the travel day."""
    closed = gates.exit_(facts)
    if closed:
        return ask(facts, Role.MOVEMENT_OFFICER, "exit_clearance", closed)
    until = gates.end_of(facts.exit.valid_until, facts) if facts.exit else None
    return Done(say("exit.cleared"), until)
