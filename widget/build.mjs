/** Builds dist/eerste-stap.js. Its last line tells from which source, so that a test sees when the two don't fit. */

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { build } from "esbuild";

const files = [...readdirSync("src").sort().map((name) => `src/${name}`), "package-lock.json"];
const source = createHash("sha256");
for (const file of files) source.update(readFileSync(file));

await build({
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  footer: { js: `/* source ${source.digest("hex")} */` },
  outfile: "dist/eerste-stap.js",
});
