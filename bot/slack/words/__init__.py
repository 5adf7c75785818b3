"""What people type in Slack, read into values: verbs, references, names, mentions and times. Pure functions."""
