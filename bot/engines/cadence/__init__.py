"""When a nudge is due: whose, on which morning, and why."""
