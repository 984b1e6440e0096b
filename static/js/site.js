// Small improvements; every page works without them. Words come from the page, never from here.

const remembered = {
  get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* not allowed */ } },
};

// Warn before typed text is lost. A form that already holds unsaved words says data-guard="dirty".
for (const form of document.querySelectorAll("form[data-guard]")) {
  let dirty = form.dataset.guard === "dirty";
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}

// Keep what is typed, some seconds after it was; data-keep and data-not-kept hold what to say.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const said = form.querySelector("[data-kept]");
  let waiting = 0;
  const keep = async () => {
    waiting = 0;
    const typed = new FormData(form);
    typed.set("action", "keep");
    const sent = { method: "POST", body: new URLSearchParams(typed), headers: { Accept: "application/json" } };
    const answer = await fetch(form.getAttribute("action"), sent).catch(() => null);
    const kept = answer?.status === 204;
    if (kept) form.elements.kept.value = "1";
    said.textContent = kept ? form.dataset.keep.replace("%s", new Date().toLocaleTimeString(document.documentElement.lang)) : form.dataset.notKept;
    if (!kept) waiting ||= setTimeout(keep, 10000);
  };
  form.addEventListener("input", () => { waiting ||= setTimeout(keep, 10000); });
  form.addEventListener("submit", () => { clearTimeout(waiting); });
  addEventListener("visibilitychange", () => { if (waiting && document.hidden) { clearTimeout(waiting); keep(); } });
}

// Copy a permanent link instead of going there; data-copy holds what to say then.
for (const link of document.querySelectorAll("a[data-copy]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
      link.setAttribute("role", "status");
      link.textContent = link.dataset.copy;
    } catch { location.assign(link.href); }
  });
}

// The link to a section's form stands beside its heading instead of in the contents.
for (const link of document.querySelectorAll("a[data-heading]")) {
  const heading = document.getElementById(link.dataset.heading);
  if (!heading?.parentElement.matches(".heading")) continue;
  link.className = "heading-link";
  heading.parentElement.append(link);
}

// Put the words selected in a box into a passage; data-mark holds the line that opens it.
for (const button of document.querySelectorAll("button[data-mark]")) {
  const box = document.getElementById(button.dataset.box);
  button.hidden = !box;
  button.addEventListener("click", () => {
    const words = box.value.slice(box.selectionStart, box.selectionEnd).trim();
    const passage = `\n\n${button.dataset.mark}\n${words}\n:::\n\n`;
    box.setRangeText(passage, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
}

// A link that takes along, as a passage to quote, what was last selected in the story.
for (const link of document.querySelectorAll("a[data-passage]")) {
  let passage = "";
  document.addEventListener("selectionchange", () => {
    const selected = getSelection();
    const inside = selected.anchorNode?.parentElement?.closest(".story");
    if (inside && !selected.isCollapsed) passage = String(selected).trim().slice(0, 500);
  });
  link.addEventListener("click", () => {
    if (passage) link.search = new URLSearchParams({ passage });
  });
}

// "/" goes to the search box, "?" lists the keys. Both can be switched off in that list.
const keys = document.querySelector("#keys");
const single = keys?.querySelector("input");
if (single) {
  single.checked = remembered.get("single-keys") !== "off";
  single.addEventListener("change", () => remembered.set("single-keys", single.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!single.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); document.querySelector("#q")?.focus(); }
    if (event.key === "?") { event.preventDefault(); keys.showModal(); }
  });
}
