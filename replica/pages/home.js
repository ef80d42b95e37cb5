(function () {
  function safe(words) {
    var element = document.createElement("div");
    element.textContent = words;
    return element.innerHTML.replace(/"/g, "&quot;");
  }
  function fill(ids, url, head, row, foot) {
    fetch(url, {credentials: "include"}).then(function (a) { return a.json(); }).then(function (d) {
      ids.forEach(function (id) {
        var box = document.getElementById(id);
        if (box) box.innerHTML = head + d.items.map(row).join("") + foot;
      });
    });
  }
  function noisy(url, noise) { return safe(url + (url.indexOf("?") < 0 ? "?" : "&") + "s=" + noise); }
  function link(noise) {
    return function (item) {
      return `<li><a href="${noisy(item.HTTP_URL, noise)}" title="${safe(item.TITLE)}" target="_blank">${safe(item.TITLE)}</a><span class="time">${item.CREATE_TIME.slice(5, 16)}</span></li>`;
    };
  }
  function post(item, turn) {
    var href = noisy(item.HTTP_URL, "syfwess");
    return `<div class="fenwen24-box"><a href="${href}" target="_blank"><img src="${item.PIC}" alt=""><div class="fenwen24-sankaku"><span>${turn + 1}</span></div></a><div class="fenwen24-box-right"><a href="${href}" target="_blank" class="fenwen24-title">${safe(item.TITLE)}</a><span>评论 ${item.COMMENT_COUNT}&nbsp;&nbsp;&nbsp;赞 ${item.PRAISE_COUNT}</span></div></div>`;
  }
  function comment(c) {
    var href = noisy(c.url, "syrmpl");
    return `<div class="hot-comment-box" data-id="${c.id}"><a href="//user.guancha.cn/user/personal-homepage?uid=${c.user_id}" class="user-nick">${safe(c.user_nick)}</a><a href="${href}#comment" target="_blank" class="hot-comment-txt">${c.content}</a><a href="${href}" target="_blank" class="hot-comment-title">${safe(c.title)}</a><span class="praise">赞 ${c.praise_num}</span></div>`;
  }
  fill(["news-index-focus", "news-focus"], "/api/gundong.htm", '<ul class="kuaixun-new-content">', link("sykx"), "</ul>");
  fill(["news-index-redian"], "/api/redian.htm", '<ul class="redian-content">', link("syrd"), "</ul>");
  fill(["post-fengwen"], "/api/fengwenhot.htm", "", post, "");
  fill(["hot-comments"], "//user.guancha.cn/comment/hot-cmt-list.json?codeId=0&codeType=1&pageNo=1&ff=www", "", comment, "");
})();
