// <unknot-later>: shows the form it holds when the time has come, without loading anything. The page itself says how many
// seconds are left; the clock of the machine counts, so that a phone that slept shows it as soon as it wakes.
class Later extends HTMLElement {
  private due = 0;
  private timer = 0;

  connectedCallback(): void {
    this.due = Date.now() + 1000 * Number(this.dataset["seconds"] ?? "0");
    document.addEventListener("visibilitychange", this.look);
    this.timer = window.setInterval(this.look, 1000);
    this.look();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.look);
    window.clearInterval(this.timer);
  }

  private readonly look = (): void => {
    const left = this.due - Date.now();
    const waiting = this.querySelector<HTMLElement>("[data-until]");
    const form = this.querySelector<HTMLElement>("[data-now]");
    if (left > 0) {
      const minutes = Math.ceil(left / 60_000);
      const says = (waiting?.dataset["says"] ?? "").replace(/\{n\|([^{}|]*)\|([^{}|]*)\}/, minutes === 1 ? "$1" : "$2");
      const text = says.replace("{n}", String(minutes));
      if (waiting && waiting.textContent !== text) waiting.textContent = text; // a screen reader hears it once a minute
      return;
    }
    this.disconnectedCallback();
    if (waiting) waiting.textContent = "";
    if (form) form.hidden = false;
  };
}

customElements.define("unknot-later", Later);
