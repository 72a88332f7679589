// What htmx does not do by itself: what was typed is kept until it is saved, conflicts, dialogs, keys. Without a network nothing typed is lost: it waits in this browser's storage.
"use strict";
(() => {
  const store = window.localStorage;
  const user = document.body.dataset.user;
  const prefix = `jixiao:${user}:${location.pathname}:`;
  const keyOf = (box) => `${prefix}${box.dataset.row}:${box.dataset.field}`;
  const boxOf = (row, field) =>
    document.querySelector(`[data-saved][data-row="${CSS.escape(row)}"][data-field="${CSS.escape(field)}"]`);
  const isField = (element) => element instanceof Element && element.matches("[data-saved]");

  function say(text, kind) {
    const place = document.getElementById("saving");
    if (place) {
      place.textContent = text;
      place.dataset.kind = kind || "";
    }
  }

  function notice(text, link) {
    const place = document.getElementById("notice");
    place.hidden = false;
    place.className = "told error";
    place.textContent = text;
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = link;
      anchor.textContent = " 重新登录";
      place.append(anchor);
    }
  }

  function fit(box) {
    if (box.tagName === "TEXTAREA" && !CSS.supports("field-sizing", "content")) {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + 2}px`;
    }
  }

  // ---- what was typed waits here until the server has it
  function keep(box) {
    try {
      if (box.value === box.dataset.saved) store.removeItem(keyOf(box));
      else store.setItem(keyOf(box), JSON.stringify({ value: box.value, before: box.dataset.saved }));
    } catch { /* a full or forbidden storage must not hinder typing */ }
  }

  // Puts what waits back into its boxes and saves it: when the page opens, when a form is shown
  // anew, and from time to time while the server does not answer.
  function bringBack() {
    if (!user) return;
    const waiting = Object.keys(store).filter((key) => key.startsWith(prefix));
    let count = 0;
    for (const key of waiting) {
      const [row, ...named] = key.slice(prefix.length).split(":");
      const box = boxOf(row, named.join(":"));
      // What is being typed at this moment, and what waits for an answer, is left alone.
      if (!box || box === document.activeElement || box.dataset.busy) continue;
      if (box.closest(".sheet-row, tr")?.querySelector("[data-conflict]")) continue;
      const kept = JSON.parse(store.getItem(key));
      if (kept.value === box.dataset.saved) {
        store.removeItem(key);
        continue;
      }
      box.dataset.saved = kept.before;
      document.getElementById("revision").dataset.unknown = "1";
      box.value = kept.value;
      count += 1;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (count) say(`有 ${count} 处没有存上，已经放回，正在保存…`, "busy");
  }

  let failing = null;
  function tryAgain() {
    if (failing) return;
    failing = window.setInterval(() => {
      if (navigator.onLine !== false) bringBack();
    }, 5000);
  }
  function works() {
    if (failing) {
      window.clearInterval(failing);
      failing = null;
      document.getElementById("notice").hidden = true;
      bringBack();
    }
  }

  document.addEventListener("input", (event) => {
    if (!isField(event.target)) return;
    fit(event.target);
    keep(event.target);
  });

  // ---- saving
  document.addEventListener("htmx:configRequest", (event) => {
    const box = event.detail.elt;
    if (!isField(box)) return;
    const revision = document.getElementById("revision");
    Object.assign(event.detail.parameters, {
      row: box.dataset.row,
      field: box.dataset.field,
      value: box.value,
      before: box.dataset.saved,
      revision: revision.dataset.unknown ? "0" : revision.value,
    });
    box.dataset.sent = box.value;
    box.dataset.busy = "1";
    say("正在保存…", "busy");
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const box = event.detail.elt;
    if (!isField(box)) return;
    const status = event.detail.xhr.status;
    delete box.dataset.busy;
    if (event.detail.successful) {
      works();
      box.dataset.saved = box.dataset.sent;
      keep(box);
      box.classList.remove("unsaved");
      const now = new Date();
      say(`已保存 ${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`, "done");
      return;
    }
    box.classList.add("unsaved");
    if (status === 409) say("这一栏没有存上，请选用哪一个", "bad");
    else say("没有存上", "bad");
  });

  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    const next = `/login/?next=${encodeURIComponent(location.pathname)}`;
    if (status === 401) notice("登录已经过期。刚才写的记在这台电脑上，登录后会自动放回。", next);
    else if (status === 403) notice("页面放得太久，请刷新后再试。刚才写的会自动放回。");
    else if (status >= 500) notice("程序出错，这一处没有存上。请重试；仍然不行请联系管理员。");
  });
  document.addEventListener("htmx:sendError", () => {
    notice("连不上服务器。写的内容记在这台电脑上，连上后会自动存上，可以接着写。");
    tryAgain();
  });
  document.addEventListener("htmx:timeout", () => {
    notice("服务器没有及时回应。写的内容记在这台电脑上，会自动再存。");
    tryAgain();
  });

  // ---- a field that another person changed meanwhile
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    const told = button.closest("[data-conflict]");
    const box = boxOf(told.dataset.row, told.dataset.field);
    box.dataset.saved = told.dataset.now;
    if (button.dataset.take === "now") {
      box.value = told.dataset.now;
      box.classList.remove("unsaved");
      keep(box);
      fit(box);
      say("用了现在的内容", "done");
    } else {
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    told.remove();
  });

  // ---- dialogs, confirmations, stock phrases, menus
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) document.querySelector(opener.dataset.open).showModal();
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog").close();
    for (const menu of document.querySelectorAll("details.who[open], details.choose[open], details.row-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-phrases]") || !event.target.value) return;
    const box = event.target.closest("form").querySelector("[data-phrased]");
    box.value = box.value ? `${box.value}\n${event.target.value}` : event.target.value;
    event.target.value = "";
    box.focus();
  });

  // ---- keys: J next, K previous, U up; not while typing
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.who[open], details.choose[open], details.row-menu[open]")) menu.open = false;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const goal = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (goal) goal.click();
  });

  window.addEventListener("beforeunload", (event) => {
    if (isField(document.activeElement) && document.activeElement.value !== document.activeElement.dataset.saved) {
      document.activeElement.blur();
      event.preventDefault();
    }
  });

  function ready(root) {
    for (const box of root.querySelectorAll("textarea[data-saved]")) fit(box);
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    ready(event.target);
    if (event.detail.target?.id === "form") bringBack();
  });
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:load", bringBack, { once: true });
})();
