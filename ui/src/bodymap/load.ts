// Fetches a view when it is first looked at: its shapes, its cells and its two shading pictures.
import backLight from "../../../src/unknot/body/data/back-light.webp?url";
import backShadow from "../../../src/unknot/body/data/back-shadow.webp?url";
import back from "../../../src/unknot/body/data/back.json?url";
import frontLight from "../../../src/unknot/body/data/front-light.webp?url";
import frontShadow from "../../../src/unknot/body/data/front-shadow.webp?url";
import front from "../../../src/unknot/body/data/front.json?url";
import sideLight from "../../../src/unknot/body/data/left-light.webp?url";
import sideShadow from "../../../src/unknot/body/data/left-shadow.webp?url";
import side from "../../../src/unknot/body/data/left.json?url";
import solesLight from "../../../src/unknot/body/data/soles-light.webp?url";
import solesShadow from "../../../src/unknot/body/data/soles-shadow.webp?url";
import soles from "../../../src/unknot/body/data/soles.json?url";
import { Grid } from "./grid";
import type { Stored, View } from "./model";
import type { Places } from "./places";
import { shapesOf, type Shapes } from "./shapes";

const FILES: Record<View, { shapes: string; shadow: string; light: string }> = {
  front: { shapes: front, shadow: frontShadow, light: frontLight },
  back: { shapes: back, shadow: backShadow, light: backLight },
  left: { shapes: side, shadow: sideShadow, light: sideLight },
  right: { shapes: side, shadow: sideShadow, light: sideLight },
  soles: { shapes: soles, shadow: solesShadow, light: solesLight },
};
// The other bodies, by "female_heavy/front.json" and the like.
const OTHERS = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>("../../../src/unknot/body/data/bodies/*/*.{json,webp}", { query: "?url", import: "default", eager: true }),
  ).map(([path, url]) => [path.split("/bodies/")[1]!, url]),
);
export const NEUTRAL = "neutral";

function filesOf(view: View, body: string): { shapes: string; shadow: string; light: string } {
  const name = view === "right" ? "left" : view;
  if (body === NEUTRAL || view === "soles" || !OTHERS[`${body}/${name}.json`]) return FILES[view];
  const at = (ending: string): string => OTHERS[`${body}/${name}${ending}`]!;
  return { shapes: at(".json"), shadow: at("-shadow.webp"), light: at("-light.webp") };
}

export async function loadPlaces(body: string): Promise<Places | null> {
  const url = OTHERS[`${body}/places.json`];
  if (!url) return null;
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return (await answer.json()) as Places;
}

const SHADOW = [74, 38, 24] as const;
const LIGHT = [255, 250, 242] as const;

export interface Plate {
  view: View;
  shapes: Shapes;
  grid: Grid;
  outline: Path2D;
  creases: Path2D;
  regions: Map<string, Path2D>;
  borders: Path2D;
  shadow: HTMLCanvasElement | null; // arrives a little later than the shapes
  light: HTMLCanvasElement | null;
}

export async function load(view: View, body: string, ready: () => void): Promise<Plate> {
  const files = filesOf(view, body);
  const answer = await fetch(files.shapes);
  if (!answer.ok) throw new Error(`${files.shapes}: ${answer.status}`);
  const stored = (await answer.json()) as Stored;
  const shapes = shapesOf(stored, view);
  const plate: Plate = {
    view,
    shapes,
    grid: new Grid(stored, view),
    outline: new Path2D(shapes.silhouette),
    creases: new Path2D(shapes.creases),
    regions: new Map(shapes.regions.map((shape) => [shape.key, new Path2D(shape.path)])),
    borders: new Path2D(shapes.borders),
    shadow: null,
    light: null,
  };
  void Promise.all([tint(files.shadow, SHADOW, view), tint(files.light, LIGHT, view)]).then(([shadow, light]) => {
    Object.assign(plate, { shadow, light });
    ready();
  });
  return plate;
}

// A grey picture says how much of a colour lies where; as a canvas with opacity it can be drawn over any skin.
async function tint(url: string, [r, g, b]: readonly [number, number, number], view: View): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  if (view === "right") pen.setTransform(-1, 0, 0, 1, canvas.width, 0);
  pen.drawImage(image, 0, 0);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height);
  for (let k = 0; k < pixels.data.length; k += 4) {
    const share = pixels.data[k]!;
    pixels.data.set([r, g, b, share], k);
  }
  pen.putImageData(pixels, 0, 0);
  return canvas;
}
