"""In and out: the demo data."""
