"""Action items: what follows from a postmortem, by whom and by when."""
