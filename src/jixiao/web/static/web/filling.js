// Filling in: rows of tables, keys as in a spreadsheet, pasted tables, running sums, the way to a
// field that a finding is about.
"use strict";
(() => {
  const formOf = () => document.getElementById("form");
  const isBox = (element) => element instanceof HTMLTextAreaElement && element.dataset.field !== undefined;

  // ---- rows: added, duplicated, moved, removed
  let back = null; // where the cursor goes when the form is shown anew

  function change(what, table, row, more) {
    const form = formOf();
    const values = { part: table.part, sheet: table.sheet || "", row: row || "", ...more };
    window.htmx.ajax("POST", form.dataset.rows.replace("what", what), {
      source: form, target: "#form", swap: "outerHTML", values,
    });
  }

  function tableOf(element) {
    const own = element.closest("[data-part]");
    const named = own || document.getElementById(element.closest("[data-table]").dataset.table);
    return { part: element.dataset.part || named.dataset.part, sheet: named.dataset.sheet };
  }

  function remember(box) {
    back = box ? { row: box.dataset.row, field: box.dataset.field } : null;
  }

  function save(box) {
    // A box whose text changed saves itself as it is left; a form shown anew must not be faster.
    if (isBox(box) && box.value !== box.dataset.saved) box.blur();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) {
      event.preventDefault();
      const line = button.closest("[data-line]");
      const row = line?.dataset.line || "";
      const table = tableOf(button);
      const what = button.dataset.do;
      const more = {};
      if (what === "add") {
        more.after = button.dataset.after ?? row;
        more.level1 = button.dataset.level1 ?? line?.querySelector("[data-field$=level1]")?.value ?? "";
        more.level2 = button.dataset.level2 ?? line?.querySelector("[data-field$=level2]")?.value ?? "";
      }
      back = what === "up" || what === "down" ? { row, field: "" } : what === "remove" ? null : { added: true };
      change(what, table, row, more);
    }
    const shut = event.target.closest("[data-shut]");
    if (shut) document.querySelector(shut.dataset.shut).replaceChildren();
    const into = event.target.closest("[data-paste-into]");
    if (into) pasteInto(into.dataset.pasteInto, "");
  });

  let before = new Set();
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "form") return;
    before = new Set([...document.querySelectorAll("#form [data-line]")].map((line) => line.dataset.line));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "form" || !back) return;
    let box = null;
    if (back.added) {
      const line = [...document.querySelectorAll("#form [data-line]")].find((one) => !before.has(one.dataset.line));
      box = line && ([...line.querySelectorAll("textarea")].find((one) => !one.value) || line.querySelector("textarea"));
    } else {
      const line = document.querySelector(`#form [data-line="${CSS.escape(back.row)}"]`);
      box = back.field
        ? document.querySelector(`#form [data-row="${CSS.escape(back.row)}"][data-field="${CSS.escape(back.field)}"]`)
        : line?.querySelector("textarea");
    }
    back = null;
    box?.focus();
  });

  // ---- keys as in a spreadsheet
  function move(box, columns, rows) {
    const cell = box.closest("td");
    const line = cell.closest("tr");
    const lines = [...line.parentElement.querySelectorAll("tr[data-line]")];
    const cells = [...line.querySelectorAll("td:has(textarea)")];
    const to = lines[lines.indexOf(line) + rows];
    const at = cells.indexOf(cell) + columns;
    const next = to && [...to.querySelectorAll("td textarea")][at];
    if (!next) return false;
    next.focus();
    next.setSelectionRange(next.value.length, next.value.length);
    return true;
  }

  const lineStart = (box) => !box.value.slice(0, box.selectionStart).includes("\n");
  const lineEnd = (box) => !box.value.slice(box.selectionEnd).includes("\n");
  const atStart = (box) => box.selectionEnd === 0;
  const atEnd = (box) => box.selectionStart === box.value.length;

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!isBox(box) || event.isComposing) return;
    const line = box.closest("[data-line]");
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && line) {
      event.preventDefault();
      const place = { row: box.dataset.row, field: box.dataset.field };
      save(box);
      back = place;
      change(event.key === "ArrowUp" ? "up" : "down", tableOf(box), line.dataset.line, {});
      return;
    }
    if (!box.closest("table.indicators") || event.ctrlKey || event.metaKey || event.altKey) return;
    const moved =
      (event.key === "Enter" && !event.shiftKey && (move(box, 0, 1) || (box.blur(), true))) ||
      (event.key === "ArrowDown" && !event.shiftKey && lineEnd(box) && move(box, 0, 1)) ||
      (event.key === "ArrowUp" && !event.shiftKey && lineStart(box) && move(box, 0, -1)) ||
      (event.key === "ArrowRight" && !event.shiftKey && atEnd(box) && move(box, 1, 0)) ||
      (event.key === "ArrowLeft" && !event.shiftKey && atStart(box) && move(box, -1, 0));
    if (moved) event.preventDefault();
  });

  // ---- a table pasted from Excel or Word
  const quoted = (text) => (/["\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  function wordsOf(cell) {
    for (const end of cell.querySelectorAll("br")) end.replaceWith("\n");
    const parts = [...cell.querySelectorAll("p")];
    const words = parts.length ? parts.map((part) => part.textContent.trim()).join("\n") : cell.textContent;
    return words.split("\n").map((one) => one.replace(/\s+/g, " ").trim()).join("\n").trim();
  }

  // Word merges cells down; the words stand in the first of them, the rest is blank.
  function fromHtml(html) {
    const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
    if (!table) return "";
    const taken = [];
    [...table.rows].forEach((row, at) => {
      taken[at] ||= [];
      let column = 0;
      for (const cell of row.cells) {
        while (taken[at][column] !== undefined) column += 1;
        const words = wordsOf(cell);
        for (let down = 0; down < Math.min(cell.rowSpan || 1, 500); down += 1) {
          for (let over = 0; over < Math.min(cell.colSpan || 1, 40); over += 1) {
            (taken[at + down] ||= [])[column + over] = down || over ? "" : words;
          }
        }
      }
    });
    return taken.map((row) => Array.from(row, (cell) => quoted(cell ?? "")).join("\t")).join("\n");
  }

  let goal = { part: "indicators", sheet: "", after: "" };

  function pasteInto(part, after) {
    const table = document.getElementById(part);
    goal = { part, sheet: table?.dataset.sheet || "", after };
  }

  function preview(data) {
    const dialog = document.getElementById("paste");
    const table = fromHtml(data.getData("text/html")) || data.getData("text/plain");
    window.htmx.ajax("POST", formOf().dataset.preview, {
      source: dialog, target: "#paste-body", swap: "innerHTML", values: { ...goal, table },
    });
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("paste", (event) => {
    const box = event.target;
    if (!(box instanceof Element)) return;
    if (box.matches("[data-paste-box]")) {
      event.preventDefault();
      preview(event.clipboardData);
      return;
    }
    const table = box.closest("table.indicators");
    if (!table || !event.clipboardData.getData("text/plain").includes("\t")) return;
    event.preventDefault();
    pasteInto(table.dataset.part, box.closest("[data-line]")?.dataset.line || "");
    preview(event.clipboardData);
  });

  let blankDialog = null;
  document.addEventListener("DOMContentLoaded", () => {
    const body = document.getElementById("paste-body");
    blankDialog = body?.innerHTML;
    document.getElementById("paste")?.addEventListener("close", () => { body.innerHTML = blankDialog; });
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.elt.matches?.("[data-paste-accept]") || !event.detail.successful) return;
    document.getElementById("paste").close();
  });

  // ---- sums while typing
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const form = formOf();
    if (!isBox(event.target) || !form?.dataset.sums || !/^(budget|plan)\./.test(event.target.dataset.field)) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const values = {};
      for (const box of form.querySelectorAll('[data-field^="budget."], [data-field^="plan."]')) values[box.dataset.field] = box.value;
      window.htmx.ajax("GET", form.dataset.sums, { source: document.getElementById("sums"), swap: "none", values });
    }, 250);
  });

  // ---- the field that an address names
  function visit() {
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    place.scrollIntoView({ block: "center" });
    place.querySelector("textarea, select")?.focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", visit);
  window.addEventListener("load", visit);
})();
