"""Spiders ask for inputs; each reads like a table of contents."""
