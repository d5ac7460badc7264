"use strict";
// Comfort only: every page works without this file.

// Errors first: the summary of a refused form takes the focus.
document.querySelector("[data-focus]")?.focus();

// The way to a place in the page (#content) leaves the address as it was: in the answer to a form
// that place would take the focus from the summary, and live parts would scroll to it.
window.addEventListener("hashchange", () => {
  history.replaceState(history.state, "", location.pathname + location.search);
});

// One press, one request: a form that is on its way cannot be sent again. A [data-file] gets a file
// as answer, which replaces no page: after a while it can be sent once more.
const UNTIL_AGAIN = 5000;
function release(form) {
  delete form.dataset.sent;
  form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (button?.dataset.confirm && !window.confirm(button.dataset.confirm)) {
    event.preventDefault();
    return;
  }
  const stays = form.matches("[hx-post]"); // the answer replaces no page
  if (form.method === "get" || stays || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  button?.setAttribute("aria-busy", "true");
  if (form.matches("[data-file]")) setTimeout(release, UNTIL_AGAIN, form);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(release);
});

// Drafts: <form data-autosave="/address/"> is posted there a moment after the last keystroke;
// an element [data-autosave-state] with data-saving, data-saved and data-failed says how it went.
function autosave(form) {
  const state = form.querySelector("[data-autosave-state]");
  let timer = 0;
  let busy = null;
  const tell = (what) => {
    if (state) state.textContent = state.dataset[what] ?? "";
  };
  const save = async () => {
    if (form.dataset.sent) return;
    tell("saving");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "autosave" },
      });
      const revision = answer.headers.get("X-Revision");
      if (revision && form.elements.revision) form.elements.revision.value = revision;
      tell(answer.ok ? "saved" : "failed");
      document.dispatchEvent(new Event("portal:answered"));
    } catch {
      tell("failed");
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      busy = save().finally(() => (busy = null));
    }, 1500);
  });
  // What is being saved comes home first: it brings the newest revision.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!busy) return;
    event.preventDefault();
    await busy;
    form.requestSubmit(event.submitter);
  });
}
document.querySelectorAll("form[data-autosave]").forEach(autosave);

// <button data-copy="#id"> copies the text or value of that element.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset.copied ?? button.textContent;
});

// Filters apply when a choice is made: <form data-submit-on-change>.
document.addEventListener("change", (event) => {
  if (event.target.matches("select, [type=checkbox], [type=radio]")) {
    event.target.closest("form[data-submit-on-change]")?.requestSubmit();
  }
});

// A session that is about to end says so, two minutes before. Whoever comes too late signs in in
// another tab and goes on here: what was typed stays, and forms get the new token.
const session = Number(document.body.dataset.sessionSeconds);
const dialog = document.getElementById("session-dialog");
if (session && dialog) {
  let timer = 0;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => dialog.showModal(), Math.max(session - 120, 30) * 1000);
  };
  const stay = async (event) => {
    event.preventDefault();
    const answer = await fetch(dialog.dataset.address, { redirect: "manual" }).catch(() => null);
    dialog.querySelector("[data-session-gone]").hidden = Boolean(answer?.ok);
    if (!answer?.ok) return;
    const { token } = await answer.json();
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    dialog.close();
    start();
  };
  dialog.addEventListener("cancel", stay);
  dialog.querySelector("[data-session-stay]").addEventListener("click", stay);
  document.addEventListener("htmx:afterRequest", start);
  start();
}
