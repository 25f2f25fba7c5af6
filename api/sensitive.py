"""The acts that need the second factor once more, on the pages and at the JSON doors: this list, and no other."""

from datetime import timedelta

GOOD_FOR = timedelta(minutes=5)  # how long a second factor that was shown counts (ASVS 7.5.3)
FUSE_RELEASE = "fuse_release"
# What gives money away, lets a dangerous journey go on, tells somebody without the person's consent, or lets
# held messages leave. All but the last are kinds of facts.
SENSITIVE = frozenset(
    (
        "risk_approval", "price_approval", "instalment_approval", "plan_approval", "payment", "payee_review",
        "claw_back_decision", "refund_write_off", "vital_interest", "vital_interest_review", "authority_disclosure",
        FUSE_RELEASE,
    )
)  # fmt: skip
