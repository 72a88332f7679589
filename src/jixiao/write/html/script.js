"use strict";
(function () {
  const bar = document.querySelector(".filter");
  const projects = Array.from(document.querySelectorAll(".project"), function (box) {
    const rows = Array.from(box.querySelectorAll(".found > li"), function (row) {
      return { row: row, severity: row.dataset.s, rule: row.dataset.r, count: Number(row.dataset.n) };
    });
    return { box: box, rows: rows, words: box.dataset.q.toLowerCase(), unit: box.dataset.u };
  });
  const texts = Array.from(document.querySelectorAll(".text"), function (box) {
    return { box: box, projects: projects.filter(function (each) { return box.contains(each.box); }) };
  });

  function show(element, shown) {
    if (element.hidden === shown) element.hidden = !shown;
  }

  function filter() {
    const severities = {};
    bar.querySelectorAll("[name=severity]").forEach(function (each) { severities[each.value] = each.checked; });
    const rule = bar.elements.rule.value;
    const unit = bar.elements.unit ? bar.elements.unit.value : "";
    const words = bar.elements.words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const active = rule || unit || words.length || !Object.values(severities).every(Boolean);
    let found = 0, shown = 0;
    projects.forEach(function (project) {
      const here = (!unit || project.unit === unit) &&
        words.every(function (word) { return project.words.indexOf(word) >= 0; });
      let any = !active;
      project.rows.forEach(function (each) {
        const fits = here && severities[each.severity] && (!rule || each.rule === rule);
        show(each.row, fits);
        if (fits) { any = true; found += each.count; }
      });
      project.any = any;
      show(project.box, any);
      if (any) shown += 1;
    });
    texts.forEach(function (text) {
      show(text.box, text.projects.some(function (each) { return each.any; }));
    });
    if (active && shown <= 60) {
      projects.forEach(function (each) { if (each.any) each.box.open = true; });
      texts.forEach(function (each) { if (!each.box.hidden && "open" in each.box) each.box.open = true; });
    }
    bar.querySelector("output").textContent = found ? "显示 " + found + " 处" : active ? "没有符合的意见" : "没有发现问题";
  }

  function reveal(id) {
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let each = target; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
    target.scrollIntoView();
  }

  if (bar) {
    bar.hidden = false;
    bar.addEventListener("submit", function (event) { event.preventDefault(); });
    bar.addEventListener("change", filter);
    bar.addEventListener("reset", function () { setTimeout(filter); });
    let waiting;
    bar.elements.words.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(filter, 200); });
    filter();
  }
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    if (bar && !link.closest(".found")) {
      bar.reset();
      if (link.dataset.r) bar.elements.rule.value = link.dataset.r;
      setTimeout(function () { filter(); reveal(link.hash.slice(1)); });
    } else reveal(link.hash.slice(1));
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (each) { each.open = true; });
  });
  reveal(decodeURIComponent(location.hash.slice(1)));
})();
