// Puts a button below every field that says so in `data-copy`. Without it, the text can be selected and copied by hand.
const SHOWN_MILLISECONDS = 2500;

function addButton(field) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = field.dataset.copy;
  const label = field.labels[0];
  if (label) {
    label.id ||= `${field.id}-label`;
    button.setAttribute("aria-describedby", label.id);
  }
  const status = document.createElement("span");
  status.className = "copy-status";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      return;
    }
    status.textContent = field.dataset.copied;
    setTimeout(() => { status.textContent = ""; }, SHOWN_MILLISECONDS);
  });
  field.after(button, status);
}

if (navigator.clipboard) document.querySelectorAll("textarea[data-copy]").forEach(addButton);
