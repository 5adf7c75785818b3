"""What happens to templates."""
