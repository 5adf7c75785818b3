"""A postmortem's life: its states, its reviewers' verdicts, its due dates, and who may do what."""
