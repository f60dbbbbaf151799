// Which part of a view is on screen: millimetres to screen points and back, zoom and pan within bounds.
export type Box = readonly [number, number, number, number];
const MARGIN = 8; // screen points kept free around the whole figure
const BELOW = 64; // and below it, where the turn button lies

export class Camera {
  scale = 1; // screen points in a millimetre
  x = 0; // millimetres at the left edge of the stage
  y = 0;
  private fitScale = 1;
  private box: Box = [0, 0, 1, 1];

  constructor(
    public width: number,
    public height: number,
  ) {}

  get zoomed(): boolean {
    return this.scale > this.fitScale * 1.02;
  }

  get closest(): number {
    return this.fitScale * 8;
  }

  // Shows the whole box.
  fit(box: Box): void {
    this.box = box;
    this.measure();
    this.scale = this.fitScale;
    this.centre(...this.middle());
  }

  resize(width: number, height: number): void {
    const [cx, cy] = [this.x + this.width / this.scale / 2, this.y + this.height / this.scale / 2];
    const closeness = this.scale / this.fitScale;
    [this.width, this.height] = [width, height];
    this.measure();
    this.scale = this.fitScale * closeness;
    this.centre(cx, cy);
  }

  // Zooms so that what lies under the screen point (px, py) stays there.
  zoomAt(px: number, py: number, factor: number): void {
    const [mx, my] = this.toView(px, py);
    this.scale = Math.min(this.closest, Math.max(this.fitScale, this.scale * factor));
    this.x = mx - px / this.scale;
    this.y = my - py / this.scale;
    this.clamp();
  }

  pan(dx: number, dy: number): void {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.clamp();
  }

  centre(mx: number, my: number): void {
    this.x = mx - this.width / this.scale / 2;
    this.y = my - this.height / this.scale / 2;
    this.clamp();
  }

  // Moves just enough to have a point well on screen.
  reveal(mx: number, my: number): void {
    const inset = Math.min(this.width, this.height) * 0.2;
    const [px, py] = [(mx - this.x) * this.scale, (my - this.y) * this.scale];
    const dx = px < inset ? inset - px : px > this.width - inset ? this.width - inset - px : 0;
    const dy = py < inset ? inset - py : py > this.height - inset ? this.height - inset - py : 0;
    if (dx || dy) this.pan(dx, dy);
  }

  toView(px: number, py: number): [number, number] {
    return [this.x + px / this.scale, this.y + py / this.scale];
  }

  viewBox(): string {
    return [this.x, this.y, this.width / this.scale, this.height / this.scale].map((n) => n.toFixed(2)).join(" ");
  }

  private measure(): void {
    const [, , width, height] = this.box;
    this.fitScale = Math.min((this.width - 2 * MARGIN) / width, (this.height - MARGIN - BELOW) / height);
  }

  private middle(): [number, number] {
    const [x, y, width, height] = this.box;
    return [x + width / 2, y + height / 2 + (BELOW - MARGIN) / 2 / this.scale];
  }

  private clamp(): void {
    const limit = (at: number, span: number, start: number, length: number, middle: number): number =>
      span >= length ? middle - span / 2 : Math.min(Math.max(at, start), start + length - span);
    const [bx, by, bw, bh] = this.box;
    const [mx, my] = this.middle();
    this.x = limit(this.x, this.width / this.scale, bx, bw, mx);
    this.y = limit(this.y, this.height / this.scale, by, bh + (BELOW - MARGIN) / this.scale, my);
  }
}
