// <unknot-chart>: draws the table that it wraps as a line over days. The table stays, one tap away, and is what a
// screen reader gets; the drawing itself is hidden from it.
// Table: first column <time datetime="...">, then one column per series; empty cells are gaps, not zeros.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

const COLOURS = ["--pain", "--action", "--caution", "--ink-2"];
const DASHES: number[][] = [[], [6, 4], [2, 3], [10, 3, 2, 3]];

const DAYS = [1, 2, 7, 14, 28, 91, 182, 364].map((days) => days * 86_400);
const CALENDAR = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, { day: "numeric", month: "short", timeZone: "UTC" });
const day = (seconds: number): string => CALENDAR.format(seconds * 1000);

class Chart extends HTMLElement {
  private plot: uPlot | null = null;
  private readonly theme = matchMedia("(prefers-color-scheme: dark)");
  private readonly size = new ResizeObserver(() => this.plot?.setSize(this.measure()));
  private readonly redraw = (): void => this.draw();

  connectedCallback(): void {
    this.draw();
    this.size.observe(this);
    this.theme.addEventListener("change", this.redraw);
  }

  disconnectedCallback(): void {
    this.size.disconnect();
    this.theme.removeEventListener("change", this.redraw);
    this.plot?.destroy();
  }

  private measure(): { width: number; height: number } {
    return { width: Math.max(240, this.clientWidth), height: Number(this.dataset["height"] ?? 200) };
  }

  private draw(): void {
    const table = this.querySelector("table");
    const rows = [...(table?.tBodies[0]?.rows ?? [])];
    if (!table || rows.length < 2) return; // one point is no line; the table says it better
    const names = [...(table.tHead?.rows[0]?.cells ?? [])].slice(1).map((cell) => cell.textContent?.trim() ?? "");
    const times = rows.map((row) => Date.parse(row.querySelector("time")?.dateTime ?? "") / 1000);
    const columns = names.map((_, i) =>
      rows.map((row) => {
        const text = row.cells[i + 1]?.textContent?.trim() ?? "";
        return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
      }),
    );
    this.plot?.destroy();
    this.plot = new uPlot(this.options(names), [times, ...columns], this.holder());
  }

  private holder(): HTMLElement {
    const there = this.querySelector<HTMLElement>(".drawing");
    if (there) return there;
    const holder = document.createElement("div");
    holder.className = "drawing";
    holder.setAttribute("aria-hidden", "true");
    this.prepend(holder);
    return holder;
  }

  private options(names: string[]): uPlot.Options {
    const style = getComputedStyle(this);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const axis: uPlot.Axis = {
      stroke: colour("--ink-2"),
      grid: { stroke: colour("--line"), width: 1 },
      ticks: { stroke: colour("--line"), width: 1 },
      font: `16px ${style.fontFamily}`,
    };
    return {
      ...this.measure(),
      cursor: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "UTC"), // the table holds calendar days
      legend: { show: names.length > 1, live: false },
      scales: { y: { range: [0, Number(this.dataset["top"] ?? 10)] } },
      axes: [
        { ...axis, space: 80, incrs: DAYS, values: (_, splits) => splits.map(day) },
        { ...axis, size: 36, incrs: [5, 10] },
      ],
      series: [
        {},
        ...names.map((label, i) => ({
          label,
          stroke: colour(COLOURS[i % COLOURS.length]!),
          width: 2.5,
          dash: DASHES[i % DASHES.length]!,
          spanGaps: true,
          points: { show: true, size: 7 },
        })),
      ],
    };
  }
}

customElements.define("unknot-chart", Chart);
