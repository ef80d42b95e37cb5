"""Which links deserve a request."""

from collections import Counter
from collections.abc import Iterable

from guancha.arguments import ArticlesArguments
from guancha.targets import Target
from guancha.urls import ArticleUrl


class Frontier:
    """Knows every article that this run has met; each is asked for once, under whatever address."""

    def __init__(self, arguments: ArticlesArguments) -> None:
        self.arguments = arguments
        self.refused: Counter[str] = Counter()
        """Reason -> links that cost no request."""
        self._known: dict[str, str] = {}
        self._alternates: dict[str, list[str]] = {}
        self._list_titles: dict[str, str] = {}

    async def admit(self, targets: Iterable[Target]) -> list[Target]:
        """Those that deserve a request: new, in scope, within the hops and the limit."""
        return [target for target in targets if self._admits(target)]

    @property
    def is_full(self) -> bool:
        """Whether the limit of the run is reached."""
        return bool(self.arguments.limit) and len(self._known) >= (self.arguments.limit or 0)

    def alternates(self, article: ArticleUrl) -> list[str]:
        """The canonical URLs seen for an article besides this one."""
        known = self._known.get(article.article_id, article.canonical)
        seen = [known, *self._alternates.get(article.article_id, [])]
        return [url for url in seen if url != article.canonical]

    def list_title(self, article: ArticleUrl) -> str | None:
        """The anchor text by which a listing first announced an article."""
        return self._list_titles.get(article.article_id)

    def _admits(self, target: Target) -> bool:
        if target.list_title:
            self._list_titles.setdefault(target.article.article_id, target.list_title)
        reason = self._refusal(target)
        if reason:
            self.refused[reason] += 1
            return False
        self._known[target.article.article_id] = target.article.canonical
        return True

    def _refusal(self, target: Target) -> str | None:
        article, arguments = target.article, self.arguments
        if article.article_id in self._known:
            self._note(article)
            return "known"
        if arguments.since and article.date < arguments.since.isoformat():
            return "before_since"
        if arguments.until and article.date > arguments.until.isoformat():
            return "after_until"
        if target.hops > arguments.related:
            return "too_many_hops"
        if self.is_full:
            return "over_limit"
        return None

    def _note(self, article: ArticleUrl) -> None:
        canonical = article.canonical
        if canonical == self._known[article.article_id]:
            return
        alternates = self._alternates.setdefault(article.article_id, [])
        if canonical not in alternates:
            alternates.append(canonical)
