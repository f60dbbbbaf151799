// The list of regions in the page: it ticks and unticks with the picture, and the picture fills and clears with it.
// The server renders it (and filters it where there are no scripts); here the search filters while one types.
import { keyOf, type Key, type Side } from "./model";

export class Twin {
  private readonly boxes: { box: HTMLInputElement; key: Key }[];

  constructor(
    private readonly root: HTMLElement,
    private readonly changed: (key: Key, chosen: boolean) => void,
  ) {
    this.boxes = [...root.querySelectorAll<HTMLInputElement>("input[name=place]")].map((box) => {
      const [region, side] = box.value.split("|") as [string, Side];
      return { box, key: keyOf(region, side) };
    });
    root.addEventListener("change", this.onChange);
    const search = this.search;
    search?.addEventListener("input", this.onSearch);
    search?.addEventListener("keydown", this.onEnter);
    this.button?.addEventListener("click", this.onFind);
  }

  // Shows which places are painted.
  show(painted: ReadonlySet<Key>): void {
    for (const { box, key } of this.boxes) box.checked = painted.has(key);
  }

  private get search(): HTMLInputElement | null {
    return this.root.querySelector("input[type=search]");
  }

  private get button(): HTMLElement | null {
    return this.root.querySelector("button[name=press][value=search]");
  }

  private readonly onChange = (event: Event): void => {
    event.stopPropagation();
    const found = this.boxes.find(({ box }) => box === event.target);
    if (found) this.changed(found.key, found.box.checked);
  };

  private readonly onSearch = (): void => {
    const wanted = (this.search?.value ?? "").trim().toLowerCase();
    for (const group of this.root.querySelectorAll<HTMLDetailsElement>("details")) {
      let any = false;
      for (const row of group.querySelectorAll<HTMLElement>("fieldset")) {
        const name = row.querySelector("legend")?.textContent?.toLowerCase() ?? "";
        const shown = name.includes(wanted) || [...row.querySelectorAll("input")].some((box) => box.checked);
        row.hidden = !shown;
        any ||= shown;
      }
      group.hidden = !any;
      group.open = any && wanted !== "";
    }
  };

  private readonly onEnter = (event: KeyboardEvent): void => {
    if (event.key === "Enter") event.preventDefault();
  };

  private readonly onFind = (event: Event): void => {
    event.preventDefault(); // the list is filtered already; sending the form would lose the drawing
    this.onSearch();
  };
}
