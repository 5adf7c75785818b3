"""What happens to schedules."""
