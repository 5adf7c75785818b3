"""People talk: what they type, press and see in Slack."""
