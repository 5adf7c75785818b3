"""What happens to overrides."""
