"""What the permission matrix stands on: a company with everybody in it, and every way to each verb."""
