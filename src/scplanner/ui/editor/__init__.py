"""The inspector: one event, everything known and kept about it, edited in place."""
