// Lays out what the browser downloads: `SITE/pkg/cartograph.<hash>.{js,css}` and its `_bg.wasm`, the
// files of app/public beside it, a brotli and a gzip twin of all that compresses, and
// `SITE/assets.txt`, in which the server looks the name up.
// Usage: node site.mjs PACKAGE SITE   PACKAGE holds wasm-bindgen's output, optimized.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const NAME = 'cartograph';
const HASH_LENGTH_CHARACTERS = 16;
const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.wasm', '.webmanifest', '.xml']);
// A twin that is not smaller by this share costs a decompression for nothing.
const LEAST_GAIN = 0.05;

const [packageFolder, site] = process.argv.slice(2);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function styleSheet() {
  // lightningcss lives with the browser tests' packages; modules here do not look there.
  const { bundle } = createRequire(join(root, 'end2end', 'package.json'))('lightningcss');
  const { code, warnings } = bundle({ filename: join(root, 'style', 'main.css'), minify: true });
  if (warnings.length > 0) {
    throw new Error(warnings.map(({ message, loc }) => `${loc.filename}:${loc.line}: ${message}`).join('\n'));
  }
  return code;
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

function addCompressedTwins(path) {
  if (!COMPRESSIBLE.has(extname(path))) return;
  const raw = readFileSync(path);
  const twins = {
    br: brotliCompressSync(raw, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
      },
    }),
    gz: gzipSync(raw, { level: constants.Z_BEST_COMPRESSION }),
  };
  for (const [extension, compressed] of Object.entries(twins)) {
    if (compressed.length < raw.length * (1 - LEAST_GAIN)) writeFileSync(`${path}.${extension}`, compressed);
  }
}

// Made beside the site and then put in its place, so that a failure leaves the old one whole.
const draft = `${site}.draft`;
rmSync(draft, { recursive: true, force: true });
mkdirSync(join(draft, 'pkg'), { recursive: true });

const extras = join(root, 'app', 'public');
if (existsSync(extras)) cpSync(extras, draft, { recursive: true });

// The script imports snippets by relative path; each folder's name holds a hash already.
const snippets = join(packageFolder, 'snippets');
if (existsSync(snippets)) cpSync(snippets, join(draft, 'pkg', 'snippets'), { recursive: true });

const assets = {
  js: readFileSync(join(packageFolder, `${NAME}.js`)),
  wasm: readFileSync(join(packageFolder, `${NAME}.wasm`)),
  css: styleSheet(),
};
// One name for all three, which changes with any of them: Leptos derives the script's and the
// WASM's addresses from it, and the pages the style's.
const hash = createHash('sha256');
for (const content of Object.values(assets)) hash.update(content);
const name = `${NAME}.${hash.digest('hex').slice(0, HASH_LENGTH_CHARACTERS)}`;
writeFileSync(join(draft, 'pkg', `${name}.js`), assets.js);
writeFileSync(join(draft, 'pkg', `${name}_bg.wasm`), assets.wasm);
writeFileSync(join(draft, 'pkg', `${name}.css`), assets.css);
for (const path of filesIn(draft)) addCompressedTwins(path);
writeFileSync(join(draft, 'assets.txt'), `${name}\n`);

rmSync(site, { recursive: true, force: true });
renameSync(draft, site);
