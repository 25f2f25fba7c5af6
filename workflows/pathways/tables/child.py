"""The tables of childhood: when to look ahead to a coming of age, and the parts of a best-interests decision."""

from workflows.pathways.row import Row


class BirthdayAlert(Row):
    """So many days before somebody comes of age, what changes then is seen to."""

    table = "birthday_alerts"

    days_before: int


class BestInterestsPart(Row):
    """A part of the decision. ``always``: for a child in a parent's care too."""

    table = "best_interests_parts"

    code: str
    en: str
    tr: str
    always: bool
