"""A Slack workspace on this machine, for trying the bot and for its tests. It imports nothing of ours: it is Slack."""
