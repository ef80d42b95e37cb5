"""Threads of comments: how one is walked, and what is asked for on the way."""
