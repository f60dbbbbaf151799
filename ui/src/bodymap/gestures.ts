// Fingers, pen and mouse on the stage: one draws, two move and zoom, the wheel zooms, the other mouse button moves.
export interface Gestures {
  drawStart(x: number, y: number): void;
  drawMove(points: readonly (readonly [number, number])[]): void;
  drawEnd(): void;
  drawCancel(): void;
  zoom(x: number, y: number, factor: number): void;
  pan(dx: number, dy: number): void;
}

// A second finger this soon after the first, or before it has moved this far, means a pinch, not a drawing.
const PINCH_WITHIN_MS = 300;
const PINCH_WITHIN_PX = 14;

export function listen(stage: HTMLElement, to: Gestures): () => void {
  const down = new Map<number, { x: number; y: number }>();
  let drawing: { id: number; at: number; x: number; y: number; far: number } | null = null;
  let moving = false;

  const place = (event: PointerEvent | WheelEvent): [number, number] => {
    const box = stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  const onDown = (event: PointerEvent): void => {
    if ((event.target as Element).closest("button, a, input, label")) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    const [x, y] = place(event);
    down.set(event.pointerId, { x, y });
    if (down.size === 1 && event.button === 0 && !event.shiftKey) {
      drawing = { id: event.pointerId, at: event.timeStamp, x, y, far: 0 };
      to.drawStart(x, y);
    } else if (down.size === 1) {
      moving = true;
    } else if (drawing) {
      const early = event.timeStamp - drawing.at < PINCH_WITHIN_MS || drawing.far < PINCH_WITHIN_PX;
      drawing = null;
      moving = true;
      if (early) to.drawCancel();
      else to.drawEnd();
    }
  };

  const onMove = (event: PointerEvent): void => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const [x, y] = place(event);
    if (drawing?.id === event.pointerId) {
      drawing.far = Math.max(drawing.far, Math.hypot(x - drawing.x, y - drawing.y));
      const all = event.getCoalescedEvents?.() ?? [];
      to.drawMove((all.length ? all : [event]).map(place));
    } else if (moving && down.size === 1) {
      to.pan(x - before.x, y - before.y);
    } else if (moving && down.size === 2) {
      const [, fixed] = [...down].find(([id]) => id !== event.pointerId)!;
      const span = (px: number, py: number): number => Math.hypot(px - fixed.x, py - fixed.y);
      const [mx, my] = [(x + fixed.x) / 2, (y + fixed.y) / 2];
      to.pan((x - before.x) / 2, (y - before.y) / 2);
      to.zoom(mx, my, span(x, y) / Math.max(span(before.x, before.y), 1));
    }
    down.set(event.pointerId, { x, y });
  };

  const onUp = (event: PointerEvent): void => {
    if (!down.delete(event.pointerId)) return;
    if (drawing?.id === event.pointerId) {
      drawing = null;
      if (event.type === "pointercancel") to.drawCancel();
      else to.drawEnd();
    }
    if (down.size === 0) moving = false;
  };

  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const [x, y] = place(event);
    if (event.shiftKey) to.pan(-event.deltaX - event.deltaY, 0);
    else to.zoom(x, y, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)));
  };
  const onMenu = (event: Event): void => event.preventDefault();

  stage.addEventListener("pointerdown", onDown);
  stage.addEventListener("pointermove", onMove);
  stage.addEventListener("pointerup", onUp);
  stage.addEventListener("pointercancel", onUp);
  stage.addEventListener("wheel", onWheel, { passive: false });
  stage.addEventListener("contextmenu", onMenu);
  return () => {
    stage.removeEventListener("pointerdown", onDown);
    stage.removeEventListener("pointermove", onMove);
    stage.removeEventListener("pointerup", onUp);
    stage.removeEventListener("pointercancel", onUp);
    stage.removeEventListener("wheel", onWheel);
    stage.removeEventListener("contextmenu", onMenu);
  };
}
