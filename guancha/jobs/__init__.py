"""The schedule: which jobs there are, when each runs, and how one run is kept in bounds."""
