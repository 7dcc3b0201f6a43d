"""Bytes ↔ records: the only users of icalendar, dateutil and other parsers."""
