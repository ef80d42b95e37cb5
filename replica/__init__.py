"""A deterministic stand-in for the site: real page structure, invented words, any size, any day.

``words`` and ``timeline`` hold the chance and the calendar, ``places`` and ``kinds`` say what an entry is,
``articles`` gathers its facts; ``pages`` makes HTML of them, ``truth`` and ``outcomes`` what a perfect crawl
would give; ``comments`` is the JSON beside a page. ``site`` answers URLs, ``faults`` spoils the answers,
``server`` and ``running`` serve them.
"""
