"""``sila simulate``: many lives through the real commands, decisions and ledger, in the time of an agenda."""
