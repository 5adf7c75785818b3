"""What happens to channels: which schedules are theirs."""
