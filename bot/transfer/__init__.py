"""In and out: the demo data, and everything as a folder of Markdown and JSON."""
