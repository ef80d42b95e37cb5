"""What a person types: ``scrapy crawl``, ``scrapy extract``, ``scrapy fixture``."""
