"""The agenda: every event in one list, by month."""
