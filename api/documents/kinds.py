"""Which documents there are: how each is drawn, what it is about, and whether it names nobody in its footer."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from api.documents import consent, day_sheet, declaration, package, receipt
from api.documents.desk import Desk, Said


class Kind(NamedTuple):
    """``version`` is that of the layout. ``neutral``: whoever finds the paper must not learn who printed it."""

    said: Callable[[Desk], Said]
    version: int = 1
    neutral: bool = False


KINDS: Mapping[str, Kind] = {
    "declaration": Kind(declaration.said),
    "data_consent": Kind(consent.data),
    "transfer_consent": Kind(consent.transfer),
    "assent": Kind(consent.assent),
    "day_sheet": Kind(day_sheet.said, neutral=True),
    "package": Kind(package.said),
    "receipt": Kind(receipt.said),
}
