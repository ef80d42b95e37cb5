"""Pipelines: one verb, one file. They see items, never the spider."""
