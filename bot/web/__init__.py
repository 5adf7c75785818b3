"""What the outside looks at over HTTP."""
