"""Time talks: APScheduler wakes, due rows are claimed, what is due is handed to who does it."""
