// Draws the plate on two canvases, so that a finger's stroke keeps up with the screen: below, the body and what has been
// painted, redrawn when something changes; above, only the stroke under the finger.
import type { Camera } from "./camera";
import type { Drawing, Stroke } from "./drawing";
import type { Plate } from "./load";
import { keyOf, type Key } from "./model";

export interface Look {
  skin: string;
  edge: string;
  pain: string;
  surface: string;
  shadow: number;
  light: number;
}

export function lookOf(host: Element): Look {
  const style = getComputedStyle(host);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    skin: colour("--skin"),
    edge: colour("--skin-edge"),
    pain: colour("--pain"),
    surface: colour("--surface"),
    shadow: Number(colour("--skin-shadow") || 1),
    light: Number(colour("--skin-light") || 1),
  };
}

type Pen = CanvasRenderingContext2D;
const RIM_PX = 1.6;

const REDRAW_EVERY_MS = 150; // while fingers move the body; between, the last picture is moved as it is

export class Painter {
  private drawnAt = -Infinity;
  private drawnAs = { x: 0, y: 0, scale: 1 };
  private readonly wash = document.createElement("canvas");
  private readonly core = document.createElement("canvas");
  private readonly rim = document.createElement("canvas");

  constructor(
    private readonly base: HTMLCanvasElement,
    private readonly above: HTMLCanvasElement,
  ) {}

  // The body and all that has been painted. ``quick``: while fingers zoom or move it, coarser and less often.
  // ``overlays``: the areas that a band or a depth, which has no shape of its own, is drawn as.
  draw(plate: Plate, camera: Camera, drawing: Drawing, overlays: Record<string, Key[]>, look: Look, quick: boolean): void {
    const now = performance.now();
    if (quick && now - this.drawnAt < REDRAW_EVERY_MS) return this.shift(camera);
    [this.drawnAt, this.drawnAs] = [now, { x: camera.x, y: camera.y, scale: camera.scale }];
    this.shift(camera);
    const density = quick ? 1 : Math.min(window.devicePixelRatio || 1, 2);
    const pen = place(this.base, camera, density);
    const strokes = drawing.strokes(plate.view);
    pen.save();
    pen.clip(plate.outline, "evenodd");
    this.skin(pen, plate, camera, look);
    this.wholes(pen, plate, drawing, overlays, look, camera);
    if (strokes.length) this.strokes(pen, strokes, camera, density, look);
    pen.restore();
    pen.strokeStyle = look.edge;
    pen.lineJoin = pen.lineCap = "round";
    pen.globalAlpha = 0.7;
    pen.lineWidth = 1.1 / camera.scale;
    pen.stroke(plate.creases);
    pen.globalAlpha = 1;
    pen.lineWidth = 1.6 / camera.scale;
    pen.stroke(plate.outline);
  }

  private shift(camera: Camera): void {
    const { x, y, scale } = this.drawnAs;
    const [grown, dx, dy] = [camera.scale / scale, (x - camera.x) * camera.scale, (y - camera.y) * camera.scale];
    this.base.style.transform = grown === 1 && dx === 0 && dy === 0 ? "" : `translate(${dx}px,${dy}px) scale(${grown})`;
  }

  // The stroke under the finger, or nothing.
  drawLive(plate: Plate, camera: Camera, live: Stroke | null, look: Look): void {
    const pen = place(this.above, camera, Math.min(window.devicePixelRatio || 1, 2));
    if (!live) return;
    const path = pathOf(live);
    pen.clip(plate.outline, "evenodd");
    pen.lineCap = pen.lineJoin = "round";
    const lay = (colour: string, alpha: number, width: number, how: GlobalCompositeOperation = "source-over"): void => {
      pen.globalCompositeOperation = how;
      pen.strokeStyle = colour;
      pen.globalAlpha = alpha;
      pen.lineWidth = width;
      pen.stroke(path);
    };
    const width = 2 * live.radius;
    if (live.erase) return lay(look.surface, 0.7, width);
    lay(look.pain, 0.9, width + (2 * RIM_PX) / camera.scale);
    lay(look.pain, 1, width, "destination-out");
    lay(look.pain, 0.4, width);
    lay(look.pain, 0.3, 0.5 * width);
  }

  private skin(pen: Pen, plate: Plate, camera: Camera, look: Look): void {
    const [bx, by, bw, bh] = plate.shapes.box;
    pen.fillStyle = look.skin;
    pen.fillRect(bx, by, bw, bh);
    for (const [layer, share] of [[plate.shadow, look.shadow], [plate.light, look.light]] as const) {
      if (!layer) continue;
      pen.globalAlpha = share;
      pen.drawImage(layer, bx, by, bw, bh);
    }
    pen.globalAlpha = Math.min(0.3, 0.12 + 0.1 * camera.scale);
    pen.strokeStyle = look.edge;
    pen.lineWidth = 1 / camera.scale;
    pen.stroke(plate.borders);
  }

  // Areas chosen as a whole (by key, in the list) or painted in another view.
  private wholes(
    pen: Pen,
    plate: Plate,
    drawing: Drawing,
    overlays: Record<string, Key[]>,
    look: Look,
    camera: Camera,
  ): void {
    const painted = drawing.paintedIn(plate.view);
    pen.fillStyle = pen.strokeStyle = look.pain;
    pen.lineWidth = RIM_PX / camera.scale;
    for (const area of drawing.areas) {
      const key = keyOf(area.region, area.side);
      if (painted.has(key) && !drawing.isWhole(key)) continue;
      for (const part of overlays[key] ?? [key]) {
        const region = plate.regions.get(part);
        if (!region) continue;
        pen.globalAlpha = drawing.isWhole(key) && part === key ? 0.5 : 0.22;
        pen.fill(region, "evenodd");
        pen.globalAlpha = 0.9;
        pen.stroke(region);
      }
    }
  }

  // Three layers of the same strokes: an even wash, a darker soft heart, and a line around.
  private strokes(onto: Pen, strokes: readonly Stroke[], camera: Camera, density: number, look: Look): void {
    const line = (2 * RIM_PX) / camera.scale;
    for (const canvas of [this.wash, this.core, this.rim]) {
      const pen = place(canvas, camera, density);
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = pen.shadowColor = look.pain;
      if (canvas === this.core) blurOnly(pen, 0.65 * strokes[0]!.radius * camera.scale * density);
      for (const stroke of strokes) {
        const grown = canvas === this.core ? (stroke.erase ? stroke.radius : -stroke.radius) : canvas === this.rim && !stroke.erase ? line : 0;
        pen.globalCompositeOperation = stroke.erase ? "destination-out" : "source-over";
        pen.lineWidth = 2 * stroke.radius + grown;
        pen.stroke(pathOf(stroke));
      }
      if (canvas === this.rim) {
        pen.globalCompositeOperation = "destination-out";
        over(pen, this.wash, 1);
      }
    }
    over(onto, this.wash, 0.4);
    over(onto, this.core, 0.8);
    over(onto, this.rim, 0.9);
  }
}

// Sizes and clears a canvas and lets its pen draw in view millimetres.
function place(canvas: HTMLCanvasElement, camera: Camera, density: number): Pen {
  const [width, height] = [Math.round(camera.width * density), Math.round(camera.height * density)];
  const pen = canvas.getContext("2d")!;
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  else pen.reset?.();
  const zoom = camera.scale * density;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.setTransform(zoom, 0, 0, zoom, -camera.x * zoom, -camera.y * zoom);
  return pen;
}

function over(pen: Pen, layer: HTMLCanvasElement, alpha: number): void {
  const before = pen.getTransform();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.globalAlpha = alpha;
  pen.drawImage(layer, 0, 0);
  pen.setTransform(before);
}

// Draws only the soft shadow of what follows: the thing itself lands far outside the canvas.
function blurOnly(pen: Pen, blur: number): void {
  const { a, d, e, f } = pen.getTransform();
  pen.shadowBlur = blur;
  pen.shadowOffsetX = 2 * pen.canvas.width;
  pen.setTransform(a, 0, 0, d, e - 2 * pen.canvas.width, f);
}

const paths = new WeakMap<Stroke, { count: number; path: Path2D }>();

// The stroke under the finger grows: only what is new is added to its path.
function pathOf(stroke: Stroke): Path2D {
  const { points } = stroke;
  let known = paths.get(stroke);
  if (!known) {
    const path = new Path2D();
    path.moveTo(points[0]!, points[1]!);
    path.lineTo(points[0]!, points[1]! + 0.01);
    paths.set(stroke, (known = { count: 2, path }));
  }
  for (; known.count < points.length; known.count += 2) known.path.lineTo(points[known.count]!, points[known.count + 1]!);
  return known.path;
}
