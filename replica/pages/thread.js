(function () {
  var box = document.getElementById("comments-container");
  if (!box) return;
  var user = "//user.guancha.cn", order = 1, page = 1;
  var member = '<span class="member-logo"><img src="https://user.guancha.cn/static/imgs/member-long.png"></span>';

  function get(path, then) {
    fetch(user + path, {credentials: "include"}).then(function (a) { return a.json(); }).then(then);
  }
  function safe(words) {
    var element = document.createElement("div");
    element.textContent = words;
    return element.innerHTML;
  }
  function asked(name, number) {
    return `/comment/${name}.json?codeId=${box.dataset.id}&codeType=1&pageNo=${number}&order=${order}&ff=www`;
  }
  function nick(c, attributes) {
    if (c.from_weibo) return `<span ${attributes}>${safe(c.user_nick)}</span>`;
    return `<a href="${user}/user/personal-homepage?uid=${c.user_id}" target="_blank" ${attributes}>${safe(c.user_nick)}</a>`;
  }
  function folded(c) {
    return c.fold == 1 || (c.tread_num >= 100 && (c.praise_num == 0 || c.tread_num / c.praise_num >= 4));
  }
  function words(c) {
    if (c.status != 2) return `<div class="comment-txt del">${c.content}</div>`;
    if (!folded(c)) return `<div class="comment-txt">${c.content}</div>`;
    return `<div class="comment-txt"><span style="display:none">${c.content}</span><span class="unfold">此条评论已被折叠，点击查看</span></div>`;
  }
  function footer(c) {
    var replies = c.reply_count ? `<a href="${user}/main/child-comments?id=${c.id}" target="_blank">查看回复 ${c.reply_count}</a>\t` : "";
    var operations = `<div class="operations">\t${replies}<a href="javascript:;" class="accusation" data-id="${c.id}" data-action="accusation_comment">举报</a>\t<div class="shared-comment" style="display:inline-block;"><a href="javascript:;" data-id="${c.id}">分享</a></div>\t<a href="javascript:;" class="comment" data-id="${c.id}">回复</a>\t<a href="javascript:;" data-id="${c.id}" class="tread  ">踩<span>${c.tread_num}</span></a>\t<a href="javascript:;" data-id="${c.id}" class="praise  ">赞<span>${c.praise_num}</span></a>\t<a href="javascript:;" data-id="${c.id}" class="collection  ">收藏</a></div>`;
    return `<div class="list-footer clearfix">\t<span class="time"> ${c.created_at}</span>${c.status == 2 ? operations : ""}</div>`;
  }
  function quoted(c) {
    return `<div data-id="${c.id}" class="comment-box cmt-item clearfix"><div class="cmt-item-main">\t<span class="quote">${nick(c, "")}</span>\t${words(c)}${footer(c)}</div></div>`;
  }
  function item(c) {
    var floors = c.root_id && c.root_id != c.parent_id ? '\t<span class="all-floor">全部楼层</span>' : "";
    return `<li data-id="${c.id}" data-root="${c.root_id}" class="comment-item cmt-item">\t<div class="clearfix">\t<div class="user-box clearfix"><div class="user-avatar popup-user" data-uid="${c.user_id}" data-fromweibo="${!!c.from_weibo}"><img src="${c.user_photo}"></div>\t${nick(c, 'class="user-nick"')}\t${c.is_member ? member : ""}<span class="signature">${safe(c.user_description)}</span></div>${floors}</div>${c.parent.map(quoted).join("")}${words(c)}${footer(c)}</li>`;
  }
  function pager(total, size, here) {
    var numbers = "", last = Math.ceil(total / size);
    for (var turn = 1; turn <= last; turn++) {
      numbers += turn == here ? `<li><span class="active">${turn}</span></li>` : `<li><a href="javascript:;" data-page="${turn}">${turn}</a></li>`;
    }
    if (last < 2) return "";
    var next = here < last ? '<li><a href="javascript:;" class="next">下一页</a></li>' : '<li><span class="disable">下一页</span></li>';
    return `<ul class="clearfix"><li><span class="disable">上一页</span></li>${numbers}${next}</ul>`;
  }
  function list(name, items) {
    return `<div class="comment-list"><ul class="list-body ${name}">${items.map(item).join("")}</ul></div>`;
  }
  function head(d) {
    var above = "";
    if (d.hots.length) above += `<h3 class="tab-control-header" data-area="1">热门评论 <span>${d.all_hot_count}</span>条</h3>${list("list-hot-body-all", d.hots)}<div class="pagination pagination-hot clearfix">${pager(d.all_hot_count, 10, 1)}</div>`;
    if (d.member_comment.length) above += `<h3 class="tab-control-header member-header" data-area="1">观察员评论 <span>${d.member_comment.length}</span>条</h3>${list("list-member-body-all", d.member_comment)}`;
    return above + '<h3 class="tab-control-header">我要评论</h3><div class="clear"></div>';
  }
  function draw(d) {
    var count = document.getElementById("count2");
    if (count) count.textContent = d.count;
    if (d.code != 0 || d.status == 3) return;
    var spans = [[2, "hot", "最热"], [3, "old", "最早"], [1, "new", "最新"]].map(function (o) {
      return `<span data-order="${o[0]}" class="${o[0] == order ? "active " : ""}${o[1]}">${o[2]}</span>`;
    });
    var all = `<h3 class="tab-control-header clearfix" data-area="2">全部评论 <span>${d.count}</span>条\t<div class="tab-control list-order">${spans.join("")}</div></h3>${list("list-body-all", d.items)}<div class="pagination pagination-normal clearfix">${pager(d.count, 20, page)}</div>`;
    if (d.hots) box.innerHTML = `<div>${head(d)}</div><div>${all}</div>`;
    else box.lastElementChild.innerHTML = all;
  }
  function drawHot(number) {
    get(asked("hot-cmt-list", number), function (d) {
      box.querySelector(".list-hot-body-all").innerHTML = d.items.map(item).join("");
      box.querySelector(".pagination-hot").innerHTML = pager(d.count, 10, number);
    });
  }
  function load() { get(asked("cmt-list", page), draw); }
  box.addEventListener("click", function (event) {
    var hot = event.target.closest(".pagination-hot a[data-page]");
    if (hot) return drawHot(+hot.dataset.page);
    var number = event.target.closest(".pagination-normal a"), by = event.target.closest("[data-order]");
    if (number) page = number.dataset.page ? +number.dataset.page : page + 1;
    else if (by) { order = +by.dataset.order; page = 1; }
    if (number || by) load();
  });
  load();
  get("/post/collect-count.json?codeId=" + box.dataset.id, function (d) {
    ["count0", "count0_1"].forEach(function (id) {
      var element = document.getElementById(id);
      if (element && d.code == 0) element.textContent = d.count;
    });
  });
})();
