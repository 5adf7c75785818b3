"""When people are reminded, and what a woken reminder does."""
