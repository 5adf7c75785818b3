"""What happens to the workspace as a whole."""
