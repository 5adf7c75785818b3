"""What happens to texts that are not in their place yet."""
