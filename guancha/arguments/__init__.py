"""Spider arguments: typed, validated, unknown names refused with the list of known ones."""
