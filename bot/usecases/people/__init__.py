"""What happens to people."""
