"""A deterministic stand-in for the site: real page structure, invented words, any size, any day."""
