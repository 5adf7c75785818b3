"""Taking back what was changed about schedules, within ten minutes."""
