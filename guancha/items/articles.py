"""An article as a record, and its parts."""

from dataclasses import dataclass, field

from guancha.items.schema import REQUIRED, SCHEMA_VERSION


@dataclass
class Author:
    """Somebody who made the piece, named by its byline or its author box."""

    name: str
    """The name as printed."""
    role: str
    """author, translator, interviewer, compiler, editor, speaker, presenter or photographer."""
    role_raw: str | None = None
    """The words before the slash or colon of the byline; null for a name from the author box."""
    affiliation: str | None = None
    """The words before the name as printed, shared by names joined with 、."""
    job_title: str | None = None
    """The title printed in the author box."""
    url: str | None = None
    """The author's page on the site."""


@dataclass
class Image:
    """A picture of the body."""

    url: str
    """Absolute address, as printed."""
    caption: str | None
    """The caption below the picture; null without one."""
    position: int
    """How many paragraphs of the body stand before it."""


@dataclass
class Video:
    """A player of the body."""

    url: str
    """Absolute address of the player or the file, as printed."""
    caption: str | None
    """The caption below the player; null without one."""
    position: int
    """How many paragraphs of the body stand before it."""


@dataclass
class Link:
    """A link inside the body."""

    text: str
    """The words that are linked."""
    url: str
    """Canonical for an article of the site, else absolute as printed."""
    paragraph: int
    """Index into ``paragraphs``."""


@dataclass
class Topic:
    """The special topic (专题) that the site filed the piece under."""

    name: str
    """Its title."""
    slug: str
    """Its path segment."""
    url: str
    """Its page."""


@dataclass
class Related:
    """One entry of a list beside the article; picture and title of one entry are one."""

    kind: str
    """topic, by_author, by_editor, recommended, headline or hot."""
    article_id: str
    """The article that it links to; the article itself may be among them."""
    url: str
    """Its canonical URL."""
    title: str
    """The words of the link."""
    date_published: str | None
    """As precise as printed: ``2019-09-07T08:57+08:00``, ``2019-09-06``; null where none is shown."""
    topic: str | None
    """The name of the topic printed beside it."""
    comment_count: int | None
    """The number printed beside it."""


@dataclass
class Article:
    """One revision of one article: one line of ``articles/YYYY-MM-DD.jsonl``."""

    schema_version: int = SCHEMA_VERSION
    """Version of this dictionary."""
    article_id: str = field(default="", metadata=REQUIRED)
    """Digits of the URL: the article's identity, under whatever slug, host or page."""
    url: str = field(default="", metadata=REQUIRED)
    """Canonical URL under which it was first answered; only an earlier answer that comes later changes it."""
    alternate_urls: list[str] = field(default_factory=list)
    """Other canonical URLs seen for it."""
    section: str = field(default="", metadata=REQUIRED)
    """First path segment of ``url``, decoded; a section or an author."""
    date: str = field(default="", metadata=REQUIRED)
    """The day in the URL, ``YYYY-MM-DD``."""
    content_type: str = field(default="", metadata=REQUIRED)
    """text (paragraphs, with or without pictures), images, video, or mixed (a player and paragraphs)."""
    title: str = field(default="", metadata=REQUIRED)
    """The headline as printed; a columnist's ``作者：`` stays."""
    list_title: str | None = None
    """The anchor text by which a listing first announced it; null where no listing did."""
    original_title: str | None = None
    """原标题: the headline of the medium that it was taken from."""
    date_published: str | None = None
    """Publication, to the second; null where the page prints only 最后更新."""
    date_published_raw: str | None = None
    """The same as printed."""
    date_modified: str | None = None
    """最后更新: the site's last update; null where none is printed."""
    date_modified_raw: str | None = None
    """The same as printed."""
    source: str | None = None
    """来源: the medium that the piece is credited to."""
    byline: str | None = None
    """The byline as printed, brackets included; several are joined by a space."""
    authors: list[Author] = field(default_factory=list)
    """From byline and author box, merged by name and role; nobody rather than a wrong one."""
    editor: str | None = None
    """责任编辑: the editor in charge."""
    description: str | None = None
    """The page's meta description; often absent."""
    tags: list[str] = field(default_factory=list)
    """标签."""
    topic: Topic | None = None
    """The special topic; null for most."""
    language: str = "zh"
    """Always ``zh``."""
    text: str = ""
    """The paragraphs, joined by a blank line."""
    paragraphs: list[str] = field(default_factory=list)
    """The body: no byline, caption, notice or advert; sub-heads stand among them."""
    subheadings: list[str] = field(default_factory=list)
    """Those of the paragraphs that are bold sub-heads."""
    images: list[Image] = field(default_factory=list)
    """Pictures of the body in order."""
    videos: list[Video] = field(default_factory=list)
    """Players of the body in order."""
    links: list[Link] = field(default_factory=list)
    """Links of the body in order."""
    image: str | None = None
    """The picture offered for sharing."""
    notices: list[str] = field(default_factory=list)
    """Exclusivity, reprint and disclaimer lines, as printed."""
    is_exclusive: bool = False
    """Whether the 独家稿件 notice is there."""
    page_count: int = 1
    """Pages of a split piece, as its pager counts them."""
    is_complete: bool = True
    """False where some page of a split piece could not be had."""
    related: list[Related] = field(default_factory=list)
    """The article lists beside it, in page order."""
    doc_id: str | None = None
    """Key of its comments and counts; read from the page, never derived."""
    comment_count: int | None = None
    """Comments, where the page itself shows a number; as served it shows none."""
    view_count: int | None = None
    """Views, where the page itself shows a number; as served it shows none."""
    collect_count: int | None = None
    """Readers who saved it, where the page itself shows a number; as served it shows none."""
    counts_at: str | None = None
    """When the counts were read; null without counts."""
    text_hash: str = ""
    """SHA-256 of ``text`` without white space."""
    near_duplicate_of: str | None = None
    """``article_id`` of the earliest near-duplicate."""
    content_hash: str = ""
    """``1:`` and a SHA-256 over the content; equal while the site has changed nothing a reader sees."""
    revision: int = 1
    """1, 2, …; numbered anew where an earlier answer comes in later."""
    revision_cause: str = "first"
    """first, edit (the site changed it), extraction (our rules did) or recovered (now complete)."""
    changed_fields: list[str] = field(default_factory=list)
    """Names of the fields that differ from the revision before."""
    date_first_crawled: str = field(default="", metadata=REQUIRED)
    """When its first revision was answered by the site; an earlier answer that comes in later sets it back."""
    date_crawled: str = field(default="", metadata=REQUIRED)
    """When this revision was answered by the site."""
    extractor_version: str = ""
    """Version of the extraction rules."""
