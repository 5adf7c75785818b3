"""What happens to alerts."""
