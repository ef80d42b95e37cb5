"""A deterministic stand-in for the site: real page structure, invented words, any size, any day.

``words`` and ``timeline`` hold the chance and the calendar, ``places`` and ``kinds`` say what an entry is,
``articles`` gathers its facts; ``pages`` makes HTML of them, ``truth`` and ``outcomes`` what a perfect crawl
would give. ``readers``, ``threads`` and ``remarks`` are what readers write below articles, ``comments`` the
JSON of it; ``posting``, ``posts`` and ``post_lists`` are readers' posts, ``user`` is their host. ``boxes``
ranks what the home page puts forward, ``box_json`` tells it to its script. What is true of each has a name
that ends in ``_truth``. ``site`` answers URLs, ``faults`` spoils the answers, ``server`` and ``running``
serve them, and ``trust`` makes a browser believe it.
"""
