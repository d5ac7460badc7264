"""What each verb of the audit trail says to who reads the history."""

SENTENCES: dict[str, str] = {}
KINDS: dict[str, str] = {}
