"""What WARC files hold, read again by today's rules."""
