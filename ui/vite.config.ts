import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { defineConfig, type Plugin } from "vite";

// The service worker is one file that imports nothing: not every browser runs one made of modules.
const WORKER = "worker";

// One entry per island: src/<name>/island.ts becomes <name>.js; src/app.css becomes app.css with the fonts beside it.
// Names carry no hash here: the Python side serves them under hashed names.
const islands = readdirSync("src", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(`src/${entry.name}`).includes("island.ts"))
  .filter((entry) => entry.name !== WORKER)
  .map((entry) => [entry.name, `src/${entry.name}/island.ts`] as const);

const OUT = "../src/unknot/app/static/ui";

const oneFile: Plugin = {
  name: "service-worker",
  async closeBundle() {
    await build({ entryPoints: [`src/${WORKER}/island.ts`], bundle: true, minify: true, format: "iife", target: "es2022", outfile: `${OUT}/${WORKER}.js` });
  },
};

// The server hands out what lies compressed beside a file; it never compresses by itself.
const compressed: Plugin = {
  name: "compressed",
  closeBundle() {
    for (const name of readdirSync(OUT)) {
      if (/\.(js|css|json)$/.test(name)) writeFileSync(`${OUT}/${name}.gz`, gzipSync(readFileSync(`${OUT}/${name}`), { level: 9 }));
    }
  },
};

// Six seconds of silence (WAV, 8 bits, 8 kHz): browsers hand the keys of a headset only to a page that plays a track.
const quiet: Plugin = {
  name: "quiet",
  generateBundle() {
    const [rate, length] = [8000, 48000];
    const wav = Buffer.alloc(44 + length, 128);
    wav.write("RIFF", 0, "latin1");
    wav.writeUInt32LE(36 + length, 4);
    wav.write("WAVEfmt ", 8, "latin1");
    wav.writeUInt32LE(16, 16);
    wav.writeUInt16LE(1, 20); // PCM
    wav.writeUInt16LE(1, 22); // one channel
    wav.writeUInt32LE(rate, 24);
    wav.writeUInt32LE(rate, 28);
    wav.writeUInt16LE(1, 32);
    wav.writeUInt16LE(8, 34);
    wav.write("data", 36, "latin1");
    wav.writeUInt32LE(length, 40);
    this.emitFile({ type: "asset", fileName: "quiet.wav", source: wav });
  },
};

export default defineConfig({
  base: "./",
  plugins: [oneFile, quiet, compressed],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { ...Object.fromEntries(islands), app: "src/app.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "shared-[name].js",
        // The files of the other bodies carry the body's name: they are called alike in their folders.
        assetFileNames: ({ originalFileNames: [from = ""] }) => {
          const body = /\/bodies\/([a-z_]+)\//.exec(from)?.[1];
          return body ? `${body}-[name][extname]` : "[name][extname]";
        },
      },
    },
  },
});
