/** Holds the tree to ARCHITECTURE.md: imports go one way, packages stay in their rooms, every file says what it is. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import MarkdownIt from 'markdown-it';
import { root } from './harness/paths.js';

/** A file may import from its own room and from those before it, never from one after it. */
const ROOMS = [
  'text',
  'model',
  'workspace',
  'graph',
  'rules',
  'check',
  'render',
  'product.ts',
  'exercise',
  'binder',
  'features',
  'disk',
  'lsp',
  'cli',
];

const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['server/text'],
  ajv: ['schemas'],
  elkjs: ['server/render/layout.ts', 'server/render/layout-library.ts'],
  'markdown-it': ['server/render/common-mark.ts'],
  commander: ['server/cli'],
  '@resvg': ['server/cli/png.ts'],
  media: ['server/render/font.ts'],
  pdfkit: ['server/binder/pdf'],
  diff: ['server/cli/fix.ts'],
  sarif: ['server/cli/reports/sarif.ts'],
  'vscode-uri': ['server/disk', 'server/lsp', 'server/cli'],
  'vscode-languageserver-types': ['server/lsp'],
  'vscode-languageserver': ['server/lsp'],
  'vscode-languageserver-textdocument': ['server/lsp'],
  'vscode-languageclient': ['client/server.ts'],
  vscode: ['client'],
};
/** What the client may have of the server: messages, exercises, and what is drawn. */
const SHARED_WITH_CLIENT = [
  'lsp/messages',
  'model/date',
  'model/duration',
  'exercise/script',
  'exercise/run',
  'exercise/review',
  'exercise/report',
  'render/drawing',
  'render/picture',
  'render/raster',
  'render/element',
  'render/legend',
  'render/theme',
].map((name) => `server/${name}.js`);
const NODE_ROOMS = ['server/disk', 'server/cli', 'client/webview-page.ts', 'client/exercise/journals.ts'];

interface Import {
  readonly from: string;
  readonly to: string;
}

const sources = ['server', 'client', 'test']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !/\/(?:generated|node_modules)\//.test(name));
const isTest = (name: string) => name.startsWith('test/') || name.endsWith('.test.ts');
const tests = sources.filter(isTest);
const files = sources.filter((name) => !isTest(name));
const sourceOf = (file: string) => readFileSync(join(root, file), 'utf8');
const imports = files.flatMap((file): Import[] =>
  [...sourceOf(file).matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm)].map(
    (match) => {
      const target = match[1] ?? match[2] ?? match[3] ?? '';
      return { from: file, to: target.startsWith('.') ? relative(root, join(root, dirname(file), target)) : target };
    },
  ),
);
const roomOf = (path: string) =>
  ROOMS.findIndex(
    (room) =>
      path === `server/${room.replace('.ts', '.js')}` ||
      path === `server/${room}` ||
      path.startsWith(`server/${room}/`),
  );

describe('the architecture', () => {
  it('finds the files and imports that it is about', () => {
    assert.ok(files.length > 80);
    assert.ok(imports.length > 200);
  });

  it('lets imports go one way', () => {
    const wrong = imports.filter(
      ({ from, to }) => from.startsWith('server/') && to.startsWith('server/') && roomOf(to) > roomOf(from),
    );
    assert.deepEqual(wrong, []);
  });

  it('has no file outside the rooms', () => {
    assert.deepEqual(
      files.filter((file) => file.startsWith('server/') && roomOf(file) === -1),
      [],
    );
  });

  it('keeps rules from each other, and the command line from the language server', () => {
    const between = (a: string, b: string) =>
      imports.filter(
        ({ from, to }) =>
          from.startsWith(a) && to.startsWith(b) && !to.endsWith('/rule.js') && !from.endsWith('/index.ts'),
      );
    assert.deepEqual(between('server/rules/', 'server/rules/'), []);
    assert.deepEqual(between('server/cli/', 'server/lsp/'), []);
    assert.deepEqual(between('server/lsp/', 'server/cli/'), []);
  });

  it('keeps packages in their rooms', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (to.startsWith('server/') || to.startsWith('client/')) return false;
      if (to.startsWith('node:'))
        return !from.endsWith('.node.ts') && !NODE_ROOMS.some((room) => from.startsWith(room));
      const name = to.split('/')[0] ?? '';
      return !PACKAGES[name]?.some((room) => from.startsWith(room));
    });
    assert.deepEqual(wrong, []);
  });

  it('lets the client have of the server only messages, exercises, and what is drawn', () => {
    const taken = imports.filter(({ from, to }) => from.startsWith('client/') && to.startsWith('server/'));
    assert.deepEqual(
      taken.filter(({ to }) => !SHARED_WITH_CLIENT.includes(to)),
      [],
    );
  });

  it('says in the first line of each file what it is', () => {
    assert.deepEqual(
      files.filter((file) => !/^\/\*\*(?: [^\n]+ \*\/|\n \* [^\n]+)\n/.test(sourceOf(file))),
      [],
    );
  });

  it('has no function, constant or class that only its own file knows, and that is exported nevertheless', () => {
    // Examples are found by the generator of the pages; the extension's two functions are called by VS Code.
    const calledFromOutside = /^(?:examples|activate|deactivate)$/;
    const words = new Map(
      [...files, ...tests].map((file) => [file, new Set(sourceOf(file).match(/[A-Za-z_$][\w$]*/g) ?? [])]),
    );
    const unused = files.flatMap((file) =>
      [...sourceOf(file).matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)]
        .map(([, name = '']) => name)
        .filter((name) => !calledFromOutside.test(name))
        .filter((name) => ![...words].some(([other, known]) => other !== file && known.has(name)))
        .map((name) => `${file}: ${name}`),
    );
    assert.deepEqual(unused, []);
  });

  it('keeps the engine from the clock, the environment and module state', () => {
    const engine = files.filter(
      (file) =>
        /^server\/(?:text|model|workspace|graph|rules|render|check|exercise|binder|features)/.test(file) &&
        !file.endsWith('.node.ts'),
    );
    // What is empty at first is there to be filled; a `WeakMap` may remember what a pure function gave for an object.
    const empty = /^(?:export )?const \w+(?:: (?!readonly )[^=]+)? = (?:new (?:Map|Set)(?:<.*>)?\(\)|\{\}|\[\]);/;
    const forbidden = new RegExp(`\\bDate\\.now\\b|\\bnew Date\\(\\)|\\bprocess\\.|^let |^var |${empty.source}`, 'm');
    assert.deepEqual(
      engine.filter((file) => forbidden.test(sourceOf(file))),
      [],
    );
  });

  it('has no marks of unfinished work, and no any', () => {
    const marks = /\b(?:TODO|FIXME|XXX|HACK)\b|\bas any\b|: any\b|@ts-(?:ignore|nocheck|expect-error)/;
    assert.deepEqual(
      // The rule that looks for such marks in playbooks has to name them.
      files.filter((file) => file !== 'server/rules/placeholder-left.ts' && marks.test(sourceOf(file))),
      [],
    );
  });
});

describe('what is written about the project', () => {
  const markdown = new MarkdownIt({ html: true });
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'samples/README.md'];
  for (const name of documents) {
    const tokens = markdown.parse(readFileSync(join(root, name), 'utf8'), {}).flatMap(({ children }) => children ?? []);

    it(`has no asterisks or brackets left over in ${name}`, () => {
      const texts = tokens.filter(({ type }) => type === 'text').map(({ content }) => content);
      assert.deepEqual(
        texts.filter((text) => /\*\*|\]\(|^\[[^\]]*\]$/.test(text)),
        [],
      );
    });

    it(`names in ${name} only files that there are`, () => {
      const links = tokens.flatMap((token) => (token.type === 'link_open' ? String(token.attrGet('href')) : []));
      const mentioned = tokens
        .filter(
          ({ type, content }) =>
            type === 'code_inline' && /^(?:server|client|test|schemas|media)\/[a-z\d./-]+$/.test(content),
        )
        .map(({ content }) => content);
      const missing = [
        ...links.filter(
          (link) => !/^(?:[a-z]+:|#)/.test(link) && !existsSync(join(root, dirname(name), decodeURI(link))),
        ),
        ...mentioned.filter((path) => !existsSync(join(root, path))),
      ];
      assert.deepEqual(missing, []);
    });
  }
});
