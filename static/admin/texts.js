// Saves each text by itself. Without this script every form is sent on its own and the page is loaded again.
function list(box, findings) {
  box.replaceChildren(...findings.map(({ message, isError }) => {
    const item = document.createElement("li");
    item.textContent = message;
    if (isError) item.className = "is-error";
    return item;
  }));
}

async function send(form, action) {
  const data = new FormData(form);
  data.set("action", action);
  const box = form.querySelector("[data-findings]");
  const conflict = form.querySelector("[data-conflict]");
  let response;
  let answer;
  try {
    response = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { "X-Requested-With": "XMLHttpRequest" } });
    answer = await response.json();
  } catch {
    list(box, [{ message: form.dataset.failed, isError: true }]);
    return false;
  }
  if (answer.version !== undefined) form.elements.version.value = answer.version;
  if (!response.ok) {
    list(box, [{ message: answer.error, isError: true }]);
    conflict.hidden = answer.theirs === undefined;
    if (answer.theirs !== undefined) form.querySelector("[data-theirs]").textContent = answer.theirs;
    return false;
  }
  conflict.hidden = true;
  form.dataset.state = answer.state;
  form.dataset.saved = form.elements.text.value;
  form.querySelector("[data-label]").textContent = answer.label;
  list(box, answer.findings);
  return true;
}

const forms = Array.from(document.querySelectorAll("form.text"));
const isOpen = (form) => !["translated", "reviewed"].includes(form.dataset.state);

function goOn(form, action) {
  const waits = (other) => (action === "approve" ? other.dataset.state !== "reviewed" : isOpen(other));
  const after = forms.slice(forms.indexOf(form) + 1);
  (after.find(waits) || forms.find(waits))?.elements.text.focus();
}

forms.forEach((form) => {
  form.dataset.saved = form.elements.text.value;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, event.submitter?.value || "save");
  });
  form.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const action = event.shiftKey && form.querySelector('[value="approve"]') ? "approve" : "save";
    if (await send(form, action)) goOn(form, action);
  });
});
window.addEventListener("beforeunload", (event) => {
  if (forms.some((form) => form.elements.text.value !== form.dataset.saved)) event.preventDefault();
});
