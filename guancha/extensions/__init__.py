"""Extensions watch and report; each switches itself off where it is not wanted."""
