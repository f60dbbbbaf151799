// The style sheet and the fonts of every page; islands load on the pages that need them.
import "@fontsource/newsreader/latin-400-italic.css";
import "@fontsource/newsreader/latin-500.css";
import "@fontsource/source-sans-3/latin-400.css";
import "@fontsource/source-sans-3/latin-600.css";
import "@fontsource/source-sans-3/latin-700.css";
import "./app.css";
import { begin } from "./kept/here";

// The day that the person's own calendar shows: the server may not know this machine's zone.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (/^[\w+\-/]+$/.test(zone)) {
  const secure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `unknot_zone=${zone};path=/;samesite=strict;max-age=31536000${secure}`;
}

// A button that needs a script shows itself only where there is one.
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// After an answer the bars move from where they were (the line) to where they are now.
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
for (const bar of document.querySelectorAll<SVGElement>("svg.prob[data-before]")) {
  const before = Number(bar.dataset["before"]);
  const [low, high] = bar.querySelectorAll("rect");
  if (still || !low || !high || Number.isNaN(before)) continue;
  const timing = { duration: 600, easing: "cubic-bezier(.2,.7,.2,1)" };
  const start = Math.max(0, before - 10);
  low.animate([{ width: `${start}px` }, { width: `${low.getAttribute("width")}px` }], timing);
  high.animate([{ x: `${start}px` }, { x: `${high.getAttribute("x")}px` }], timing);
}

begin();
