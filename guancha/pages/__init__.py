"""One class per type of page: turns an answer of the site into values. No I/O, no engine."""
