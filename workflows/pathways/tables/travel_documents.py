"""What each kind of document is good for, and how long it must hold where."""

from typing import Literal

from workflows.pathways.row import Row

ANYWHERE = "*"


class DocumentKind(Row):
    """One kind: whether it serves one journey, only the way to its issuer, and for a return at all."""

    table = "document_kinds"

    kind: str
    single_journey: bool = False
    only_to_issuer: bool = False
    for_return: bool = True


class DocumentBuffer(Row):
    """How long a kind must hold beyond the day of arrival in a country, or that the country does not take it.

    The row of the country goes before that for anywhere (``*``); ``at``: as the destination or in transit.
    """

    table = "document_buffers"

    kind: str
    country: str = ANYWHERE
    at: Literal["destination", "transit"]
    days: int = 0
    months: int = 0
    refused: bool = False
