// Reviewing by keyboard: rows are walked with arrows, comments and dialogs answered without a mouse.
"use strict";
(() => {
  const ROWS = "#form .sheet-row:has(.comment-add), #indicators tbody tr, .queue tbody tr, .list.dense tbody tr";
  const typing = (element) =>
    element instanceof Element && element.closest("input:not([type=checkbox]), textarea, select, dialog");
  const rows = () => [...document.querySelectorAll(ROWS)].filter((row) => row.offsetParent !== null);
  let last = null;

  const rowOf = (element) => (element instanceof Element ? element.closest(ROWS) : null);
  const current = () => rowOf(document.activeElement) || (last && last.isConnected ? last : null);

  function step(by) {
    const all = rows();
    if (!all.length) return false;
    const at = all.indexOf(current());
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    const row = all[next];
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    last = row;
    return true;
  }

  document.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (row) last = row;
  });

  function comment() {
    const row = current() || document.querySelector("#form .sheet-row.rest:last-of-type");
    const place = row && row.querySelector("details.comment-add");
    if (!place) return false;
    place.open = true;
    place.querySelector("textarea").focus();
    place.scrollIntoView({ block: "nearest" });
    return true;
  }

  const moves = {
    arrowdown: () => step(1),
    arrowup: () => step(-1),
    c: comment,
    x: () => {
      const box = current() && current().querySelector("input[type=checkbox]");
      if (box) box.click();
      return Boolean(box);
    },
    enter: () => {
      const row = current();
      const link = row && document.activeElement === row && row.querySelector("[data-row-link]");
      if (link) link.click();
      return Boolean(link);
    },
    s: () => {
      const sheet = document.getElementById("appraisal");
      if (!sheet || document.querySelector("[data-key=s]")) return false;
      sheet.scrollIntoView({ block: "start" });
      const box = sheet.querySelector("input:not([type=hidden])");
      if (box) box.focus({ preventScroll: true });
      return true;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form[data-quick], .comment-add form");
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    if (event.key === "Escape" && event.target.closest) {
      const place = event.target.closest("details.comment-add");
      if (place) {
        place.open = false;
        const row = rowOf(place);
        if (row) {
          row.tabIndex = -1;
          row.focus();
        }
        return;
      }
      if (typing(event.target) && event.target.closest("#appraisal, .queue-filters")) event.target.blur();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const move = moves[event.key.toLowerCase()];
    if (move && move()) event.preventDefault();
  });

  // A key that opens a dialog or goes to a box must not be typed into it.
  document.addEventListener("keydown", (event) => {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const goal = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!goal) return;
    event.preventDefault();
    if (goal.matches("input")) {
      goal.focus();
      goal.select();
    }
  }, true);

  // ---- phrases: those for every place are in the page once
  function fill(select) {
    const shared = document.getElementById("shared-phrases");
    if (!shared) return;
    for (const group of select.querySelectorAll("[data-shared]")) group.remove();
    for (const group of shared.children) {
      const copy = group.cloneNode(true);
      copy.dataset.shared = "";
      select.append(copy);
    }
  }
  const fillAll = (root) => {
    for (const select of root.querySelectorAll("[data-phrases]")) fill(select);
  };
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-phrases]")) fill(event.target);
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details.comment-add") && event.target.open) fillAll(event.target);
  }, true);

  // ---- choosing many
  function picked() {
    const bar = document.querySelector("[data-bulk-bar]");
    if (!bar) return;
    const whole = document.querySelector("[data-pick-queue]");
    const boxes = [...document.querySelectorAll("#bulk input[name=text]")];
    const count = boxes.filter((box) => box.checked).length;
    const all = document.querySelector("[data-pick-all]");
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    all.disabled = boxes.length === 0;
    const any = count > 0 || (whole && whole.checked);
    bar.querySelector("[data-picked]").textContent =
      whole && whole.checked ? "选中了整个队列" : count ? `选中 ${count} 份` : "没有选中的文本";
    for (const button of bar.querySelectorAll("[data-needs-picked]")) button.disabled = !any;
    bar.classList.toggle("ready", any);
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) {
      for (const box of document.querySelectorAll("#bulk input[name=text]")) box.checked = event.target.checked;
    }
    if (event.target.closest("#bulk")) picked();
    if (event.target.matches("[data-filter] select")) event.target.form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    // An address says only what is asked for.
    if (!event.target.matches("[data-filter]")) return;
    for (const box of event.target.elements) if (box.name && !box.value) box.disabled = true;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("DOMContentLoaded", picked);
  window.addEventListener("pageshow", () => {
    for (const box of document.querySelectorAll("[data-filter] [disabled]")) box.disabled = false;
    picked();
  });
})();
