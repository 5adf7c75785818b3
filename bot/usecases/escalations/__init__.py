"""What happens to escalations."""
