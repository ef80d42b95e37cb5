"""What is only reported of the site, asked of the site itself: ``scrapy check-site``."""
