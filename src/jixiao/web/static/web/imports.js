// The page of an import: what was read and the original point at each other.
"use strict";
(() => {
  const beside = document.getElementById("beside");
  const address = beside.dataset.address;
  const original = () => document.getElementById("original");
  const read = () => document.getElementById("read");
  const SVG = "http://www.w3.org/2000/svg";
  const AGAIN = 1200; // milliseconds until a picture that is being drawn is asked for again
  const TRIES = 60;

  // ---- what stands where
  let spots = [];
  const byField = new Map();
  const byCell = new Map();
  const name = (row, field) => `${row}|${field}`;

  function learn() {
    const data = document.getElementById("spots");
    if (!data || data.dataset.learnt) return;
    data.dataset.learnt = "1";
    spots = JSON.parse(data.textContent);
    byField.clear();
    byCell.clear();
    for (const spot of spots) {
      byField.set(name(spot.row, spot.field), spot);
      for (const cell of spot.cells) {
        if (!byCell.has(cell)) byCell.set(cell, spot);
        document.getElementById(cell)?.classList.add(kind(spot));
      }
      for (const [page, left, top, right, bottom] of spot.boxes) {
        const svg = document.querySelector(`.leaf[data-page="${page}"] svg`);
        if (!svg) continue;
        const box = document.createElementNS(SVG, "rect");
        box.setAttribute("x", left);
        box.setAttribute("y", top);
        box.setAttribute("width", Math.max(right - left, 2));
        box.setAttribute("height", Math.max(bottom - top, 2));
        box.classList.add(kind(spot));
        box.dataset.spot = name(spot.row, spot.field);
        svg.append(box);
      }
    }
    show(original().dataset.view);
    for (const picture of original().querySelectorAll(".leaf img")) wait(picture);
    follow();
    if (last) point(...last);
  }

  const kind = (spot) => (/^[uw]\d/.test(spot.row) ? "unread-spot" : "spot");

  function show(view) {
    original().dataset.view = view;
    for (const part of original().querySelectorAll("[data-of]")) part.hidden = part.dataset.of !== view;
    for (const button of original().querySelectorAll("[data-show]")) button.setAttribute("aria-pressed", button.dataset.show === view);
  }

  // ---- from a field to its place
  let last = null;
  function point(row, field) {
    last = [row, field];
    const spot = byField.get(name(row, field)) || byField.get(name(row, "self"));
    for (const old of original().querySelectorAll(".now")) old.classList.remove("now");
    if (!spot) return;
    const boxes = [...original().querySelectorAll(`rect[data-spot="${CSS.escape(name(spot.row, spot.field))}"]`)];
    const cells = spot.cells.map((cell) => document.getElementById(cell)).filter(Boolean);
    if (!boxes.length && cells.length) show("words");
    else if (boxes.length && !cells.length) show("pages");
    for (const each of [...boxes, ...cells]) each.classList.add("now");
    const first = original().dataset.view === "pages" ? boxes[0] : cells[0];
    if (first) bring(first);
  }

  // Only the original's own half moves: the field that is being typed into stays where it is.
  function bring(element) {
    const frame = element.closest("[data-of]");
    const at = element.getBoundingClientRect();
    const around = frame.getBoundingClientRect();
    if (getComputedStyle(frame).overflowY === "visible") return;
    if (at.top < around.top + 20 || at.bottom > around.bottom - 20) {
      frame.scrollBy({ top: at.top - around.top - around.height / 3 });
    }
    if (at.left < around.left || at.right > around.right) frame.scrollBy({ left: at.left - around.left - 20 });
  }

  read().ownerDocument.addEventListener("focusin", (event) => {
    const box = event.target.closest?.("#read [data-row][data-field]");
    if (box) point(box.dataset.row, box.dataset.field);
  });

  // ---- from a place to its field
  const partOf = (row) => (row === "head" ? "head" : /^[uw]/.test(row) ? "" : row.slice(1).split("-")[0]);

  async function go(spot) {
    const part = partOf(spot.row);
    const find = () => document.getElementById(`i-${spot.row}-${spot.field}`) || document.getElementById(`line-${spot.row}`)
      || (spot.row[0] === "u" ? document.getElementById(`unread-${spot.row.slice(1)}`) : null);
    if (!find() && read().dataset.part !== part) {
      const there = part ? `${address}?part=${part}` : address;
      await window.htmx.ajax("GET", there, { source: read(), target: "#read", swap: "outerHTML" });
      history.pushState(null, "", there);
    }
    point(spot.row, spot.field);
    const place = find();
    if (!place) return;
    place.scrollIntoView({ block: "center" });
    if (place.matches("textarea")) place.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest("#original rect[data-spot]");
    if (box) return void go(byField.get(box.dataset.spot));
    const cell = event.target.closest("#original .words [id]");
    if (cell && byCell.has(cell.id) && !String(window.getSelection())) return void go(byCell.get(cell.id));
    const view = event.target.closest("[data-show]");
    if (view) return show(view.dataset.show);
    const goal = event.target.closest("[data-go]");
    if (goal) {
      point(goal.dataset.go, "");
      if (!beside.querySelector(".now")) goal.blur();
    }
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-turn]")) return;
    const leaf = original().querySelector(`.leaf[data-page="${Number(event.target.value)}"]`);
    const frame = leaf.parentElement;
    frame.scrollTop = leaf.offsetTop - frame.offsetTop;
  });

  // The box says which page is before the eyes.
  function follow() {
    const turn = original().querySelector("[data-turn]");
    const frame = original().querySelector(".leaves");
    if (!turn || !frame) return;
    const seen = new IntersectionObserver((entries) => {
      const found = entries.find((entry) => entry.isIntersecting);
      if (found) turn.value = found.target.dataset.page;
    }, { root: frame, rootMargin: "-45% 0px -45% 0px" });
    for (const leaf of frame.children) seen.observe(leaf);
  }

  // ---- a picture that is still being drawn is asked for again
  function wait(picture) {
    let tries = 0;
    picture.addEventListener("error", () => {
      tries += 1;
      if (tries > TRIES || !picture.isConnected) return void picture.classList.add("missing");
      const there = picture.src.split("?")[0];
      window.setTimeout(() => { picture.src = `${there}?again=${tries}`; }, AGAIN);
    });
  }

  // ---- choices: kept as they are made
  const post = (element, there, values) => window.htmx.ajax("POST", there, { source: element, values, swap: "none" });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-choice]")) {
      const side = "keeps" in box.dataset ? (box.checked ? "theirs" : "mine") : box.value;
      if ("keeps" in box.dataset) box.closest(".sheet-row").classList.toggle("dropped", !box.checked);
      post(box, `${address}choose/`, { row: box.dataset.row, field: box.dataset.choice, side });
    } else if (box.matches("[data-take-part]")) {
      post(box, box.dataset.address, { number: box.dataset.takePart, taken: box.checked ? "1" : "0" });
    }
  });

  function fill(box, words) {
    box.value = words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const back = event.target.closest("[data-back]");
    if (back) fill(back.closest(".below").previousElementSibling, back.dataset.back);
  });

  // ---- words that were not read, into a field
  let words = "";
  function told() {
    const place = document.getElementById("fill-told");
    place.hidden = !words;
    place.textContent = words ? `打开一个部分，点一栏，就把“${words.slice(0, 40)}${words.length > 40 ? "…" : ""}”填进去。按 Esc 取消。` : "";
  }
  document.addEventListener("click", (event) => {
    const take = event.target.closest("[data-fill]");
    if (take) {
      words = take.dataset.fill;
      return told();
    }
    const box = words && event.target.closest("#read textarea[data-field]");
    if (!box) return;
    const given = words;
    words = "";
    told();
    fill(box, box.value.trim() ? `${box.value}\n${given}` : given);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !words) return;
    words = "";
    told();
  });

  // ---- nothing is taken over before the last correction is kept
  let busy = 0;
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.requestConfig.verb === "post") busy += 1; });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.requestConfig.verb === "post") busy -= 1; });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "accept" || !busy) return;
    event.preventDefault();
    const button = event.submitter;
    window.setTimeout(() => event.target.requestSubmit(button), 150);
  });

  document.addEventListener("htmx:afterSwap", () => {
    learn();
    told();
  });
  learn();
})();
