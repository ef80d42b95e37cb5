"""The only place that knows the database; called on one thread of its own, awaited by everyone."""
