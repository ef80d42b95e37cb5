"""Records out of the store, in the formats of others."""
