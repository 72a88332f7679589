// A file dropped anywhere on a text's page is taken for import; it is looked at before it is sent.
"use strict";
(() => {
  const dialog = document.getElementById("upload");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const input = form.querySelector("input[type=file]");
  const veil = document.getElementById("drop-here");
  const told = document.getElementById("drop-told");
  const limit = Number(form.dataset.limit);
  const hasFile = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  let depth = 0;

  function tell(words) {
    told.textContent = words;
    told.hidden = !words;
  }

  function fits() {
    const file = input.files[0];
    if (!file) return false;
    if (!file.size) tell(`“${file.name}”是空文件，请检查后重新选择`);
    else if (file.size > limit) tell(`“${file.name}”超过 ${Math.floor(limit / 1048576)} MB，请删去图片后再上传`);
    else {
      tell("");
      return true;
    }
    return false;
  }

  function veiled(shown) {
    veil.hidden = !shown;
    if (!shown) depth = 0;
  }

  document.addEventListener("dragenter", (event) => {
    if (!hasFile(event)) return;
    depth += 1;
    veiled(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (hasFile(event) && (depth -= 1) <= 0) veiled(false);
  });
  document.addEventListener("dragover", (event) => { if (hasFile(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    veiled(false);
    if (event.dataTransfer.files.length > 1) {
      tell("一次导入一个文件，请一个一个来");
      return void (dialog.open || dialog.showModal());
    }
    input.files = event.dataTransfer.files;
    if (fits()) form.requestSubmit();
    else if (!dialog.open) dialog.showModal();
  });
  input.addEventListener("change", fits);
  form.addEventListener("submit", (event) => {
    if (!fits()) return void event.preventDefault();
    form.querySelector("button.primary").disabled = true;
  });
  window.addEventListener("pageshow", () => { form.querySelector("button.primary").disabled = false; });
})();
