"""Everything at once, as records."""
