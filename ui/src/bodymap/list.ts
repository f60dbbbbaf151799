// The list of places below the picture: the same answer, for fingers that prefer words, keyboards and screen readers.
// It is a server-rendered list of check boxes named "place" with values like "flank|left"; picture and list follow
// each other through the hidden input.
import type { Painted } from "./model";

export class PlaceList {
  private readonly boxes: HTMLInputElement[];
  private readonly search: HTMLInputElement | null;

  constructor(
    form: HTMLFormElement,
    private readonly input: HTMLInputElement,
  ) {
    this.boxes = [...form.querySelectorAll<HTMLInputElement>('input[name="place"]')];
    this.search = form.querySelector<HTMLInputElement>('input[name="query"]');
    for (const box of this.boxes) box.addEventListener("change", () => this.tell(box));
    this.search?.addEventListener("input", () => this.find());
    // Enter in the search box must not send a half-finished drawing: the list is filtered as one types.
    this.search?.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    form.querySelector('button[name="press"][value="search"]')?.addEventListener("click", (event) => {
      event.preventDefault();
      this.find();
    });
  }

  // The picture has changed: tick what it holds.
  follow(areas: readonly Painted[]): void {
    const painted = new Set(areas.map((area) => `${area.region}|${area.side}`));
    for (const box of this.boxes) box.checked = painted.has(box.value);
  }

  // A box was ticked or cleared: add the whole place, or take it away, and leave every other place as it was.
  private tell(box: HTMLInputElement): void {
    const [region, side] = box.value.split("|");
    const areas = JSON.parse(this.input.value || "[]") as Painted[];
    const others = areas.filter((area) => area.region !== region || area.side !== side);
    const next = box.checked ? [...others, { region, side, coverage: 1 }] : others;
    this.input.value = JSON.stringify(next);
    this.input.dispatchEvent(new Event("change"));
  }

  private find(): void {
    const words = this.search?.value.trim().toLowerCase() ?? "";
    for (const group of new Set(this.boxes.map((box) => box.closest("details")))) {
      let found = 0;
      for (const place of group?.querySelectorAll("fieldset") ?? []) {
        const fits = (place.textContent ?? "").toLowerCase().includes(words) || !!place.querySelector("input:checked");
        place.hidden = !fits;
        if (fits) found += 1;
      }
      if (!group) continue;
      group.hidden = found === 0;
      if (words) group.open = found > 0;
    }
  }
}
