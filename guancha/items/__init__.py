"""The data dictionary: one dataclass a record, one docstring a field, in the order of the export.

Absent is ``None`` for scalars and ``[]`` for lists; a key never changes its type. Times are strings in
ISO 8601 with the offset ``+08:00`` and never finer than the site printed them. Within schema version 1
fields may be added at the end, never renamed, retyped or removed.
"""

from guancha.items.articles import Article, Author, Image, Link, Related, Topic, Video
from guancha.items.comments import Comment, Counts
from guancha.items.headlines import Headline
from guancha.items.outcomes import Outcome
from guancha.items.posts import Post, PostTopic
from guancha.items.schema import REQUIRED, SCHEMA_VERSION
from guancha.items.visits import Answer, PostVisit, Sighting, Snapshot, Thread, Visit

Record = Article | Outcome | Comment | Counts | Headline | Post
"""What becomes a line."""
Item = Visit | Sighting | Outcome | Thread | Snapshot | PostVisit
"""What a spider yields."""

__all__ = [
    "REQUIRED",
    "SCHEMA_VERSION",
    "Answer",
    "Article",
    "Author",
    "Comment",
    "Counts",
    "Headline",
    "Image",
    "Item",
    "Link",
    "Outcome",
    "Post",
    "PostTopic",
    "PostVisit",
    "Record",
    "Related",
    "Sighting",
    "Snapshot",
    "Thread",
    "Topic",
    "Video",
    "Visit",
]
