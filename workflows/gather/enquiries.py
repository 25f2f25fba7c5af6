"""Who asked about the people of this case."""

from models.enquiry import EnquiryNote
from workflows import facts as f
from workflows.gather.reader import Reader


def enquiries(read: Reader) -> tuple[f.Enquiry, ...]:
    """All of them, with whether somebody has looked."""
    return tuple(f.Enquiry(str(row.id), row.at, row.seen_at is not None) for row in read.all(EnquiryNote))
