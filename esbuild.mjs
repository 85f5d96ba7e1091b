/** Bundles the client, the server, the CLI and the preview's page into dist/; nothing of node_modules ships. */
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build, context } from 'esbuild';
import { noticesOf } from './notices.mjs';
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
/** What the PDF writer does without: unpacking WOFF2, half a megabyte for fonts that are TrueType, and threads of a browser. */
const pdfWriterAlone = {
  name: 'pdf-writer-alone',
  setup: (build) => {
    const noWoff2 = "export default () => { throw new Error('Fonts in WOFF2 are not read.'); };";
    const unzlib = `import { unzlibSync } from 'fflate';
export const unzlib = (bytes, done) => done(null, unzlibSync(bytes));`;
    const replace = (filter, importer, contents) => {
      const namespace = `instead-of-${filter.source}`;
      build.onResolve({ filter }, ({ path, importer: from, resolveDir }) =>
        importer.test(from) ? { path, namespace, pluginData: resolveDir } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace }, ({ pluginData }) => ({ contents, resolveDir: pluginData }));
    };
    replace(/^brotli\/decompress\.js$/, /fontkit/, noWoff2);
    replace(/^fflate$/, /png-js/, unzlib);
  },
};
await mkdir('dist', { recursive: true });
await packElk(createRequire(import.meta.url).resolve(ELK));

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
    // Its form for browsers packs streams by itself: every version of Node, and a browser, writes the same bytes.
    platform: 'browser',
    // It carries its colour profile, under an address that need not exist.
    define: { ...shared.define, 'import.meta.url': '"file:///pdfkit.mjs"' },
    plugins: [pdfWriterAlone],
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
  const inputs = [...new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))].sort();
  await writeFile('dist/bundled.json', `${JSON.stringify(inputs, undefined, 1)}\n`);
  // The layout library is not bundled, and the validators hold a piece of ajv.
  const notices = await noticesOf([...inputs, `node_modules/${ELK}`, 'node_modules/ajv/package.json']);
  await writeFile('dist/THIRD-PARTY-NOTICES.txt', notices);
  await chmod('dist/cli.js', 0o755);
}
