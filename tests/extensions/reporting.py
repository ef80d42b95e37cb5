"""Settings of what tells of a run."""

from guancha.settings import FIELD_DROP, FIELD_FLOORS

REPORTING = {
    "FIELD_FLOORS": FIELD_FLOORS,
    "FIELD_DROP": FIELD_DROP,
    "ARTICLES_LEAST": 0.5,
    "LISTINGS_LEAST": 0.7,
    "SHOWN_LEAST": 0.4,
    "INCOMPLETE_MOST": 0.25,
    "OUTCOMES_MOST": {},
    "FIELD_DROP_STEADY": 0.8,
    "STALE_DAYS": 3,
    "GONE_MOST": 0.15,
    "RUN_REPORT": True,
    "REPORTS_KEPT": 3,
}
