"""What is meant for a person, and the weathers it has to get through."""
