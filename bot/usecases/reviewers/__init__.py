"""Who reviews by default: what concerns a team, what strikes a service."""
