"""What people see: pure builders, values in, blocks out."""
