"""Every read that is more than a plain get: functions that take a session first."""
