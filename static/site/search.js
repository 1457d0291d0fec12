// Shows other results in place when a filter, an order or a page is chosen. Without it, every link and the form load a page.
const form = document.querySelector("form.search-form[data-in-place]");
const results = form?.querySelector(".results");
let request;
let words = new URLSearchParams(location.search).get("q") ?? "";

if (results) {
  form.classList.add("in-place");
  form.addEventListener("change", (event) => {
    if (event.target.matches(".facets input")) show(addressOfForm());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(addressOfForm());
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link && isPlain && !link.download && !link.target && isThisSearch(new URL(link.href))) {
      event.preventDefault();
      show(new URL(link.href));
    }
  });
  addEventListener("popstate", () => show(new URL(location.href), false));
}

function isThisSearch(address) {
  return address.origin === location.origin && address.pathname === location.pathname;
}

function addressOfForm() {
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form)).toString();
  return address;
}

async function show(address, isNew = true) {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  const typed = address.searchParams.get("q") ?? "";
  // The same words in other results are not another search.
  const headers = typed === words ? { "X-Same-Words": "1" } : {};
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal, headers });
    const found = response.ok && new DOMParser().parseFromString(await response.text(), "text/html");
    if (!found || !found.querySelector(".results")) throw new Error("No results");
    if (isNew) history.pushState(null, "", address);
    words = typed;
    const returnFocus = focusKeeper();
    replace(found);
    returnFocus(address);
  } catch {
    if (!signal.aborted) location.assign(address);
  } finally {
    if (!signal.aborted) results.removeAttribute("aria-busy");
  }
}

function replace(found) {
  document.title = found.title;
  for (const field of document.querySelectorAll("input[name=q]")) field.value = words;
  document.querySelector(".languages")?.replaceWith(found.querySelector(".languages"));
  for (const link of document.querySelectorAll("link[type='application/atom+xml']")) link.remove();
  document.head.append(...found.querySelectorAll("link[type='application/atom+xml']"));
  form.querySelectorAll(":scope > .error").forEach((error) => error.remove());
  const open = [...form.querySelectorAll("details[open]")].map((details) => details.id);
  form.querySelector(".facets").replaceWith(found.querySelector(".facets"));
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  replaceResults(found.querySelector(".results"));
}

// The count stays the element that it was: screen readers tell what changes in it.
function replaceResults(found) {
  const [tools, newTools] = [results, found].map((part) => part.querySelector(".listing-tools"));
  const [count, newCount] = [tools, newTools].map((part) => part.querySelector("[role=status]"));
  while (count.nextSibling) count.nextSibling.remove();
  while (tools.nextSibling) tools.nextSibling.remove();
  if (count.textContent !== newCount.textContent) count.textContent = newCount.textContent;
  while (newCount.nextSibling) tools.append(newCount.nextSibling);
  while (newTools.nextSibling) results.append(newTools.nextSibling);
}

// What had the focus gets it again where it is still there; else the beginning of the results, which is scrolled to.
function focusKeeper() {
  const active = document.activeElement;
  const isOutside = !active || active === document.body || !(results.contains(active) || active.closest(".facets"));
  const { name, value, href } = active ?? {};
  const summaryOf = active?.matches("summary") && active.parentElement.id;
  return (address) => {
    if (isOutside) return;
    const same = name
      ? [...form.querySelectorAll(".facets input")].find((field) => field.name === name && field.value === value)
      : summaryOf && document.querySelector(`#${CSS.escape(summaryOf)} > summary`);
    if (same) {
      same.focus({ preventScroll: true });
      return;
    }
    const target = (address.hash && document.querySelector(`${address.hash} > summary`)) || results;
    if (target === results) results.tabIndex = -1;
    target.focus({ preventScroll: true });
    if (href) target.scrollIntoView({ block: "start" });
  };
}
