"""Whether a run did its job: its figures, judged by floors and by the runs before it. Pure."""
