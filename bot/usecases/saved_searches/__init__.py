"""Queries for alerts that programs keep under a name."""
