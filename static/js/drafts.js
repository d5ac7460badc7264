"use strict";
// Forms that are kept while one types: nothing is stored in the browser, all goes to our own
// server, sealed. Without this file the form works as any other.
for (const place of document.querySelectorAll("[data-draft]")) {
  const forms = [...document.querySelectorAll("main form[method=post]")];
  const form = forms.find((each) =>
    each.querySelector("textarea, select, input:not([type=hidden], [type=submit])"),
  );
  if (form) keepDraft(place, form);
}

function keepDraft(place, form) {
  const state = place.querySelector("[data-draft-state]");
  const offer = place.querySelector("[data-draft-offer]");
  let timer = 0;
  let isDirty = false;

  function tell(what) {
    state.textContent = state.dataset[what] ?? "";
  }

  function typed() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) {
      if (value instanceof File) data.delete(name);
    }
    data.set("address", place.dataset.draft);
    return data;
  }

  async function save({ isLeaving = false } = {}) {
    clearTimeout(timer);
    if (!isDirty || form.dataset.sent) return;
    isDirty = false;
    try {
      const answer = await fetch(place.dataset.draftSave, {
        method: "POST",
        body: typed(),
        redirect: "manual",
        keepalive: isLeaving,
      });
      tell(answer.ok ? "saved" : "failed");
    } catch {
      tell("failed");
    }
  }

  form.addEventListener("input", () => {
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ isLeaving: true });
  });

  function fill(fields) {
    const seen = {};
    for (const field of form.elements) {
      const values = fields[field.name];
      if (!values || field.type === "hidden" || field.type === "file") continue;
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
      } else if (field.multiple) {
        for (const choice of field.options) choice.selected = values.includes(choice.value);
      } else {
        const number = seen[field.name] ?? 0;
        seen[field.name] = number + 1;
        if (values[number] !== undefined) field.value = values[number];
      }
    }
  }

  async function restore() {
    const query = new URLSearchParams({ address: place.dataset.draft });
    const answer = await fetch(`${place.dataset.draftRead}?${query}`).catch(() => null);
    if (!answer?.ok) return tell("failed");
    const { fields } = await answer.json();
    fill(fields);
    // Parts of the form that the server adds to what was chosen are filled when they came.
    document.addEventListener("htmx:afterSettle", () => fill(fields), { once: true });
    form.dispatchEvent(new Event("change", { bubbles: true }));
    for (const field of form.elements) {
      if (fields[field.name]) field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    offer.remove();
    tell("restored");
    form.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  }

  async function forget() {
    const data = new FormData();
    data.set("address", place.dataset.draft);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    await fetch(place.dataset.draftDiscard, { method: "POST", body: data }).catch(() => null);
    offer.remove();
  }

  if (!offer) return;
  offer.hidden = false;
  offer.querySelector("[data-draft-restore]").addEventListener("click", restore);
  offer.querySelector("[data-draft-forget]").addEventListener("click", forget);
}
