"""A deterministic stand-in for the site: real page structure, invented words, any size, any day.

``words`` and ``timeline`` hold the chance and the calendar, ``places`` and ``kinds`` say what an entry is,
``articles`` gathers its facts; ``pages`` makes HTML of them, ``truth`` and ``outcomes`` what a perfect crawl
would give. ``readers``, ``threads`` and ``remarks`` are what readers write, ``comments`` the JSON of it and
``comment_truth`` the truth; ``user`` is their host. ``site`` answers URLs, ``faults`` spoils the answers,
``server`` and ``running`` serve them.
"""
