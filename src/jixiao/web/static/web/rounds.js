// The page of progress: all boxes at once. It and the adjustment's table: printing.
"use strict";
(() => {
  const all = document.querySelector("[data-all]");
  const boxes = () => [...document.querySelectorAll("#remind [name=unit]")];
  all?.addEventListener("change", () => boxes().forEach((box) => { box.checked = all.checked; }));
  document.querySelectorAll("[data-print]").forEach((button) =>
    button.addEventListener("click", () => window.print()));
})();
