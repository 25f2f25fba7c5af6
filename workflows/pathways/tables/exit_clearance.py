"""The entry ban that follows from an overstay."""

from workflows.pathways.row import Row


class OverstayBand(Row):
    """From so many months of overstay on: so many months of entry ban, by whether the fine is paid."""

    table = "overstay_bands"

    paid: bool
    from_months: int
    ban_months: int
