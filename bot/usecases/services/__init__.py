"""What happens to services."""
