// <unknot-filter>: narrows the list that it wraps while one types, also without a connection. The form it holds does
// the same on the server where there is no script. A row is found by its data-words.
class Filter extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement>("input[type=search]");
    const form = this.querySelector("form");
    if (!field || !form || field.value) return; // the server has narrowed the list already: all of it is not here
    field.addEventListener("input", () => this.show(field.value));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show(field.value);
    });
  }

  private show(typed: string): void {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const section of this.querySelectorAll<HTMLElement>("section")) {
      let here = 0;
      for (const row of section.querySelectorAll<HTMLElement>("[data-words]")) {
        const told = (row.dataset["words"] ?? "").toLowerCase();
        row.hidden = !words.every((word) => told.includes(word));
        here += row.hidden ? 0 : 1;
      }
      section.hidden = here === 0;
      found += here;
    }
    const status = this.querySelector<HTMLElement>("[role=status]");
    if (status) status.textContent = (status.dataset["says"] ?? "").replace("#", String(found));
  }
}

customElements.define("unknot-filter", Filter);
