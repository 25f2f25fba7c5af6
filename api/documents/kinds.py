"""Which documents there are: how each is drawn, what it is about, and whether it names nobody in its footer."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from api.documents import consent, day_sheet, declaration, package, receipt, record
from api.documents.desk import Desk, Said
from models.access import Field


class Kind(NamedTuple):
    """``version`` is that of the layout. ``neutral``: whoever finds the paper must not learn who printed it.

    ``needs``: which fields of a case its reader must be allowed to read.
    """

    said: Callable[[Desk], Said]
    version: int = 1
    neutral: bool = False
    needs: tuple[Field, ...] = (Field.IDENTITY,)


KINDS: Mapping[str, Kind] = {
    "declaration": Kind(declaration.said),
    "data_consent": Kind(consent.data),
    "transfer_consent": Kind(consent.transfer),
    "assent": Kind(consent.assent),
    "day_sheet": Kind(day_sheet.said, neutral=True, needs=(Field.IDENTITY, Field.LOCATION)),
    "package": Kind(package.said, needs=(Field.IDENTITY, Field.HEALTH, Field.LOCATION, Field.NARRATIVE)),
    "receipt": Kind(receipt.said, needs=(Field.PROCESS,)),
    "record": Kind(record.said, needs=(Field.PROCESS,)),
}
