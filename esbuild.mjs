/** Bundles the client, the server, the CLI and the preview's page into dist/; nothing of node_modules ships. */
import { chmod, copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, context } from 'esbuild';
import { generate as generateSchemas } from './schemas/generate.mjs';
import { generate as generateRules } from './server/rules/generate.mjs';

const watch = process.argv.includes('--watch');
const { version, homepage } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));

await generateSchemas();
await generateRules();

/** The layout library ships as it is, in a file of its own that is loaded when a graph is first asked for (its licence is EPL-2.0). */
const ELK = 'elkjs/lib/elk.bundled.js';
const elkBeside = {
  name: 'elk-beside',
  setup: (build) =>
    build.onResolve({ filter: /^elkjs\/lib\/elk\.bundled\.js$/ }, () => ({ path: './elk.js', external: true })),
};
await mkdir('dist', { recursive: true });
await packElk(createRequire(import.meta.url).resolve(ELK));
// PDF/A asks for the profile of the colours.
const PROFILE = 'data/sRGB_IEC61966_2_1.icc';
await mkdir('dist/data', { recursive: true });
await copyFile(join(dirname(createRequire(import.meta.url).resolve('pdfkit')), PROFILE), `dist/${PROFILE}`);

/** Packed it takes three quarters of the room in the extension: what is unpacked is what its makers ship. */
async function packElk(source) {
  const { brotliCompressSync, constants } = await import('node:zlib');
  const packed = 'dist/elk.bundled.js.br';
  const made = await stat(packed).catch(() => undefined);
  if (made === undefined || made.mtimeMs < (await stat(source)).mtimeMs) {
    const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
    await writeFile(packed, brotliCompressSync(await readFile(source), { params }));
  }
  await writeFile(
    'dist/elk.js',
    `const { readFileSync } = require('node:fs');
const file = require('node:path').join(__dirname, 'elk.bundled.js');
module._compile(require('node:zlib').brotliDecompressSync(readFileSync(file + '.br')).toString('utf8'), file);
`,
  );
}

const shared = {
  bundle: true,
  minify: !watch,
  sourcemap: watch ? 'inline' : false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'info',
  define: { PRODUCT_VERSION: JSON.stringify(version), PRODUCT_HOMEPAGE: JSON.stringify(homepage ?? '') },
};
const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  plugins: [elkBeside],
};

const bundles = [
  { ...node, entryPoints: { server: 'server/lsp/main.node.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { 'layout-worker': 'server/render/layout-worker.node.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { cli: 'server/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
    external: ['@resvg/resvg-wasm'],
  },
  { ...node, entryPoints: { client: 'client/extension.ts' }, outdir: 'dist', external: ['vscode'] },
  {
    ...node,
    entryPoints: { pdf: 'server/binder/pdf/write-pdf.ts' },
    outdir: 'dist',
    // pdfkit looks for its colour profile beside itself.
    define: { ...shared.define, 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  },
  {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    entryPoints: { 'graph-page': 'client/pages/graph/main.ts', 'exercise-page': 'client/pages/exercise/main.ts' },
    outdir: 'dist',
    // The fonts ship once, in media, for exports and pages alike.
    external: ['*.woff2'],
  },
];

if (watch) {
  for (const bundle of bundles) await (await context(bundle)).watch();
} else {
  const results = await Promise.all(bundles.map((bundle) => build(bundle)));
  await writeNotices(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
  await chmod('dist/cli.js', 0o755);
}

/** Takes the files that went into the bundles. Writes the licences of the packages that they come from. */
async function writeNotices(inputs) {
  // The layout library is not bundled, and the validators hold a piece of ajv.
  const folders = [...inputs, `node_modules/${ELK}`, 'node_modules/ajv/package.json'].map(
    (input) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1],
  );
  const notices = [...new Set(folders)].filter(Boolean).sort().map(noticeOf);
  const head = 'Incident Playbooks contains the following software of others.';
  await writeFile('dist/THIRD-PARTY-NOTICES.txt', `${[head, ...(await Promise.all(notices))].join('\n\n')}\n`);
}

async function noticeOf(folder) {
  const { name, version, license, repository } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(`${folder}/${file}`, 'utf8') : `Source: ${repository?.url ?? repository ?? name}`;
  return `--- ${name} ${version} (${license})\n\n${text.trim()}`;
}
