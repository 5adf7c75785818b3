"""What happens to teams."""
