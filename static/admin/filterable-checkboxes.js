// Adds a filter above every long list of checkboxes, and shows the chosen ones first.
function enhance(box) {
  const list = box.querySelector(":scope > div");
  const rows = Array.from(list.children);
  box.dataset.enhanced = "true";
  rows.filter((row) => row.querySelector("input:checked")).reverse().forEach((row) => list.prepend(row));
  if (rows.length < 15) return;
  const filter = document.createElement("input");
  filter.type = "search";
  const label = box.closest("[data-field-wrapper], .w-field__wrapper")?.querySelector("label")?.textContent?.trim();
  filter.placeholder = box.dataset.filterable;
  filter.setAttribute("aria-label", label ? `${label}: ${filter.placeholder}` : filter.placeholder);
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLocaleLowerCase();
    rows.forEach((row) => { row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted); });
  });
  box.prepend(filter);
}
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-filterable]:not([data-enhanced])").forEach(enhance);
});
