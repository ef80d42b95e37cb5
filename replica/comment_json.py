"""One comment as the site's JSON has it."""

from replica import threads
from replica.remarks import remark, shown
from replica.timeline import World

NORMAL, DELETED = 2, 4
"""The second is invented: of a deleted one it is only known that it is another."""


def comment(world: World, entry: int, turn: int, quoted: bool = False) -> dict[str, object]:
    """A comment as the JSON has it; one that is quoted quotes no other."""
    said = remark(world, entry, turn)
    above = () if quoted else [*threads.above(world, entry, turn)][:1]
    return {
        "id": said.key,
        "root_id": said.root or 0,
        "parent_id": said.parent or 0,
        "parent": [comment(world, entry, higher, quoted=True) for higher in above],
        "content": said.html,
        "created_at": shown(said.moment, world.now),
        "user_id": said.author.user_id,
        "user_nick": said.author.name,
        "user_photo": "https://i.guancha.cn/static/imgs/default_user_pic.png",
        "user_description": said.author.about,
        "from_weibo": int(said.from_weibo),
        "praise_num": said.praise,
        "tread_num": said.tread,
        "reply_count": said.replies,
        "recommend_num": 0,
        "fold": int(said.flagged),
        "status": DELETED if said.deleted else NORMAL,
        "is_member": said.is_member,
        "has_top": False,
    }
