"""Exit clearance: leave to exit, and the person knows what overstaying will cost them before they choose."""

from models.stage import Role
from workflows import gates
from workflows.facts import Facts
from workflows.patience import ask
from workflows.standing import Blocked, Done, Standing, say

TELLING = ("exit.ban_not_told", "exit.ban_worse")


def decide(facts: Facts) -> Standing:
    """The movement officer's word, valid on the travel day; telling and a court's word are duties beside it."""
    closed = gates.exit_(facts)
    if closed is None:
        return Done(say("exit.cleared"), gates.cleared_until(facts))
    if closed.code in TELLING or closed.code == "exit.held":
        return Blocked((closed,))
    return ask(facts, Role.MOVEMENT_OFFICER, "exit_clearance", closed)
