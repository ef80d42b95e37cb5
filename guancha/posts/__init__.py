"""What the spider of readers' posts asks for: the lists that it walks, which posts of them, and how."""
