"""The HTML of the stand-in: facts go in, mark-up comes out."""
