// Sentences come from the page: a JSON object of message id -> text, rendered by the server from the one catalogue.
export class Words {
  private readonly texts: Record<string, string>;

  constructor(host: Element) {
    const holder = host.querySelector('script[type="application/json"][data-words]');
    this.texts = holder ? (JSON.parse(holder.textContent ?? "{}") as Record<string, string>) : {};
  }

  // All sentences, to hand on.
  get all(): Record<string, string> {
    return this.texts;
  }

  // A sentence with its parameters open.
  template(id: string): string {
    return this.texts[id] ?? id;
  }

  // A missing sentence is a defect: it shows as its id, and the browser tests look for ids on screen.
  say(id: string, params: Record<string, string | number> = {}): string {
    return Words.fill(this.texts[id] ?? id, params);
  }

  static fill(template: string, params: Record<string, string | number>): string {
    return template.replace(/\{(\^?)([a-z_][a-z0-9_]*)(?:\|([^{}|]*)\|([^{}|]*))?\}/g, (_, capital, name, one, many) => {
      const value = params[name as string];
      if (one !== undefined) return Number(value) === 1 ? (one as string) : (many as string);
      const text = String(value ?? "");
      return capital ? text.charAt(0).toUpperCase() + text.slice(1) : text;
    });
  }
}
