"use strict";
// Passkeys (WebAuthn). <form data-passkey="make|ask"> holds a hidden field `credential`; what the
// browser is asked stands in the JSON element named by data-passkey-options, or comes from
// data-passkey-address. Without this file one signs in by password and app.

const BYTES = new Set(["challenge", "id"]);

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

// Options come as JSON in which bytes are base64url; the browser wants bytes.
function withBytes(value, inside = "") {
  if (Array.isArray(value)) return value.map((item) => withBytes(item, inside));
  if (value === null || typeof value !== "object") return value;
  const pairs = Object.entries(value).map(([key, item]) => {
    const isBytes = BYTES.has(key) && typeof item === "string" && inside !== "rp";
    return [key, isBytes ? toBytes(item) : withBytes(item, key)];
  });
  return Object.fromEntries(pairs);
}

function asJson(credential) {
  const { response } = credential;
  const sent = { clientDataJSON: toText(response.clientDataJSON) };
  if (response.attestationObject) {
    sent.attestationObject = toText(response.attestationObject);
    sent.transports = response.getTransports?.() ?? [];
  } else {
    sent.authenticatorData = toText(response.authenticatorData);
    sent.signature = toText(response.signature);
    sent.userHandle = response.userHandle ? toText(response.userHandle) : null;
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: sent,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  const { passkeyOptions, passkeyAddress } = form.dataset;
  if (passkeyOptions) return JSON.parse(document.getElementById(passkeyOptions).textContent);
  const answer = await fetch(passkeyAddress, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return (await answer.json()).request_options;
}

async function make(form, options) {
  const alone = form.elements.passwordless?.checked ?? false;
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone && { userVerification: "required" }),
  });
  return navigator.credentials.create(withBytes(options));
}

async function useKey(event) {
  const form = event.target;
  const field = form.elements.credential;
  event.preventDefault();
  const state = form.querySelector("[data-passkey-state]");
  state.textContent = "";
  try {
    const options = await optionsOf(form);
    const credential = await (form.dataset.passkey === "make"
      ? make(form, options)
      : navigator.credentials.get(withBytes(options)));
    field.value = JSON.stringify(asJson(credential));
    form.submit();
  } catch (reason) {
    console.info(reason);
    state.textContent = state.dataset.failed;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (window.PublicKeyCredential) {
    form.addEventListener("submit", useKey);
    const panel = form.closest("[data-passkey-panel]");
    if (panel) panel.hidden = false;
  } else {
    const state = form.querySelector("[data-passkey-state]");
    state.textContent = state.dataset.unsupported;
  }
}
