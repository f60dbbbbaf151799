import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

// One entry per island: src/<name>/island.ts becomes <name>.js; src/app.css becomes app.css with the fonts beside it.
// Names carry no hash here: the Python side serves them under hashed names.
const islands = readdirSync("src", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(`src/${entry.name}`).includes("island.ts"))
  .map((entry) => [entry.name, `src/${entry.name}/island.ts`] as const);

export default defineConfig({
  base: "./",
  build: {
    outDir: "../src/unknot/app/static/ui",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { ...Object.fromEntries(islands), app: "src/app.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "shared-[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
