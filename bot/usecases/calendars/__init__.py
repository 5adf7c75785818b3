"""Calendars: their secret links, and what they are told."""
