"""What was fetched, as WARC files: written by the crawl, read again by reparse."""
