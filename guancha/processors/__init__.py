"""Pure cleaning: text, dates, bylines. Strings in, values out; no page and no clock in here."""
