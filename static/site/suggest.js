// Offers works, topics and organizations while somebody types: a combobox with a list (WAI-ARIA 1.2).
// Without it, the field searches when the form is sent.
const WAIT_MILLISECONDS = 150;
const MIN_LENGTH = 2;

class Suggestions {
  constructor(input, number) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${number}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.label);
    const place = document.createElement("div");
    place.className = "suggested";
    input.replaceWith(place);
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("aria-live", "polite");
    place.append(input, this.list, this.status);
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(states).forEach(([name, value]) => input.setAttribute(name, value));
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    input.form?.addEventListener("submit", () => this.close());
    // Before the field loses the focus, which would close the list.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.timer = setTimeout(() => this.ask(), WAIT_MILLISECONDS);
  }

  async ask() {
    const text = this.input.value.trim();
    if (text.length < MIN_LENGTH) {
      this.close();
      return;
    }
    this.request = new AbortController();
    const address = `${this.input.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
    try {
      const response = await fetch(address, { signal: this.request.signal });
      if (!response.ok) return;
      const { suggestions, status } = await response.json();
      this.show(suggestions, status);
    } catch {
      // Another letter was typed meanwhile, or the site is out of reach: the form works as ever.
    }
  }

  show(suggestions, status = "") {
    this.list.replaceChildren(...suggestions.map((suggestion, place) => this.option(suggestion, place)));
    this.select(null);
    const isOpen = suggestions.length > 0 && document.activeElement === this.input;
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.status.textContent = document.activeElement === this.input ? status : "";
  }

  option({ text, kind, url, language }, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = url;
    const title = document.createElement("bdi");
    title.lang = language;
    title.textContent = text;
    const label = document.createElement("small");
    label.textContent = kind;
    option.append(title, " ", label);
    return option;
  }

  press(event) {
    if (event.isComposing || this.list.hidden) return;
    const options = [...this.list.children];
    const current = options.indexOf(this.selected);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      // One place more than there are options: none is chosen, and the typed text is searched.
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1;
      this.select(options[((current + 1 + step + places) % places) - 1] ?? null);
      event.preventDefault();
    } else if (event.key === "Enter" && this.selected) {
      this.open(this.selected);
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.close();
      event.preventDefault();
    }
  }

  select(option) {
    this.selected?.setAttribute("aria-selected", "false");
    this.selected = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  open(option) {
    if (option) window.location.assign(option.dataset.url);
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.show([]);
  }
}

document.querySelectorAll("input[data-suggestions]").forEach((input, number) => new Suggestions(input, number));
