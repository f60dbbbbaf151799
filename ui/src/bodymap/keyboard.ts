// The map by keyboard: arrows lead from region to region, Enter and space paint, a digit says how strong.
import type { BodyMap } from "./island";
import { isArrow, towards } from "./neighbours";

export function pressed(map: BodyMap, event: KeyboardEvent): void {
  const shapes = map.plate?.shapes.regions ?? [];
  const here = shapes.find((shape) => shape.key === map.current);
  if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isArrow(event.key)) {
    event.preventDefault();
    const next = towards(shapes, here, event.key);
    if (next) map.focusRegion(next);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    map.toggle(here.key);
  } else if ((event.key === "Delete" || event.key === "Backspace") && map.drawing.has(here.key)) {
    map.takeAway(here.key);
  } else if (/^[0-9]$/.test(event.key) && map.drawing.has(here.key)) {
    map.select(here.key);
    map.rate(Number(event.key));
    map.say("bodymap.said_strength", { place: map.name(here.key), n: event.key });
  }
}
