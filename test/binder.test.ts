/** The crisis binder, as the command line writes it: what stands on which page, and what happens to bad input. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scriptPlaybook } from '../server/exercise/script-of.js';
import { generatePlaybook } from './bench/generate-playbook.js';
import { folderWith } from './harness/folder.js';
import { cli, root, samples } from './harness/paths.js';
import { type Pdf, readPdf } from './harness/read-pdf.js';
import { runCli } from './harness/run-cli.js';
import { snapshotOf, uriOf } from './harness/workspace.js';

const TODAY = ['--today', '2026-11-20'];
const PLAYBOOKS = join(samples, 'playbooks');

/** The words of all pages, in the order in which they were written. */
const wordsOf = ({ pages }: Pick<Pdf, 'pages'>) => pages.map(({ words }) => words).join(' ');
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const flat = (text: string) => text.replace(/\s+/g, ' ');

const PLAYBOOK = `format: playbook/v1
id: a
title: Watch the flows
marking: TLP:GREEN
accountable: soc
review: { every: 90d, last: 2026-11-01 }
triggers: [The flows stop]
people:
  ann: { name: Ann Lee, contacts: [{ kind: phone, value: "+44 20 7946 0999" }] }
roles:
  soc: { title: On-call analyst, holder: ann }
steps:
  - id: look
    title: Look at it
    owner: soc
    within: 10m
    instructions: Look.
    impacts: none
    next: end
`;

describe('the crisis binder', function () {
  this.timeout(60_000);

  describe('of the samples', () => {
    const folder = folderWith({});
    const path = join(folder, 'binder.pdf');
    let pdf: Pdf;
    before(async () => {
      const { code, err } = runCli(['binder', PLAYBOOKS, '-o', path, ...TODAY], root);
      assert.equal(code, 0, err);
      pdf = await readPdf(path);
    });
    const linesOf = (number: number) => pdf.pages[number - 1]?.lines ?? [];
    const pageWords = (number: number) => pdf.pages[number - 1]?.words ?? '';

    it('has contents whose page numbers are right', () => {
      const contents = linesOf(2).join('\n');
      const entries = [...contents.matchAll(/^(\S.*?) {2}(\d+)$/gm)];
      assert.ok(entries.length >= 18, contents);
      for (const [, title = '', page] of entries) {
        const head = linesOf(Number(page)).slice(1, 4).join(' ');
        assert.ok(head.includes(title), `${title} is not on page ${page}`);
      }
    });

    it('refers to the pages on which the cards stand', () => {
      const from = pdf.pages.findIndex(({ lines }) => lines[1] === 'Index');
      const index = pdf.pages.slice(from).flatMap(({ lines }) => lines.join('\n'));
      const references = [...index.join('\n').matchAll(/^(\S.*?) \(p\. (\d+)\)/gm)];
      assert.ok(references.length > 100);
      for (const [, title = '', page] of references) {
        assert.ok(pageWords(Number(page)).includes(flat(title).slice(0, 40)), `“${title}” is not on page ${page}`);
      }
    });

    it('says on each page but the cover what it is, how it is marked, and which page of how many', () => {
      for (const [index, { words }] of pdf.pages.entries()) {
        if (index === 0) continue;
        assert.match(words, new RegExp(`page ${index + 1} of ${pdf.pages.length}`));
        assert.match(words, /TLP:RED/);
      }
    });

    it('has each role once in the roster, with who holds it and how they are reached', () => {
      const inOrder = pdf.pages.map(({ words }) => words);
      const from = inOrder.findIndex((page) => / Contact roster Deputies are called/.test(page));
      const to = inOrder.findIndex((page) => / Authority matrix Decision Decides/.test(page));
      const roster = inOrder.slice(from, to).join(' ');
      const row =
        'Chief information security officer Priya Shah phone +44 20 7946 0227 satellite phone +44 20 7946 0905';
      assert.equal(roster.split(row).length, 2, roster);
    });

    it('says which contacts fall with which service', () => {
      const words = wordsOf(pdf);
      assert.match(
        words,
        /Helena Voss phone [+\d ]+ satellite phone [+\d ]+ chat @helena\.voss \(via Chat and meetings\)/,
      );
      assert.match(
        words,
        /Contacts that fall with a service .*via Chat and meetings Mail, chat and meetings, .*?Active Directory/,
      );
    });

    it('has the card of each step once', () => {
      const files = ['playbooks', 'organization'].flatMap((folder) =>
        readdirSync(join(samples, folder)).map((name) => ({
          name,
          text: readFileSync(join(samples, folder, name), 'utf8'),
        })),
      );
      const snapshot = snapshotOf(files);
      const all = wordsOf(pdf);
      let count = 0;
      for (const { name } of files.filter((file) => file.name.includes('incident-playbook.'))) {
        for (const { number, title } of scriptPlaybook(snapshot, uriOf(name), () => 0).steps) {
          const meta = / (?:action|decision|in parallel|another playbook|unfinished) ·/.source;
          const heading = new RegExp(`${escaped(`${number}. ${flat(title)}`)}${meta}`, 'g');
          assert.ok((all.match(heading)?.length ?? 0) >= 1, `${number}. ${title}`);
          count++;
        }
      }
      assert.ok(count > 150);
      assert.equal(all.match(/(?:Started|Decided) (?:Done|By)/g)?.length, count);
    });

    it('says on the cover until when it holds, and what is open', () => {
      assert.match(pageWords(1), /Valid until +2027-02-28/);
      assert.match(pageWords(1), /\d+ errors, \d+ warnings/);
      assert.match(pageWords(1), /It was printed with open gaps/);
    });

    it('is tagged, has a title, and has its fonts', () => {
      assert.ok(pdf.isTagged);
      assert.match(pdf.title ?? '', /Crisis binder/);
      assert.deepEqual([...pdf.missingFonts], []);
      assert.equal(pdf.fonts.size, 2);
      // The six letters say that the font holds only what is used.
      for (const font of pdf.fonts) assert.match(font, /^[A-Z]{6}\+IncidentPlaybooksSans-(?:Regular|Bold)$/);
    });

    it('is the same, byte by byte, when it is written again', () => {
      const again = join(folder, 'again.pdf');
      assert.equal(runCli(['binder', PLAYBOOKS, '-o', again, ...TODAY], root).code, 0);
      assert.ok(readFileSync(path).equals(readFileSync(again)));
    });
  });

  describe('of one playbook', () => {
    const written = (files: Record<string, string>, ...args: string[]) => {
      const folder = folderWith({ 'a.incident-playbook.yaml': PLAYBOOK, ...files });
      return { folder, ...runCli(['binder', '.', '-o', 'b.html', ...TODAY, ...args], folder) };
    };
    const htmlOf = (folder: string) => readFileSync(join(folder, 'b.html'), 'utf8');

    it('leaves people out of a copy that leaves the house', () => {
      assert.match(htmlOf(written({}).folder), /Ann Lee[\s\S]*\+44 20 7946 0999/);
      const { folder } = written({}, '--without-people');
      assert.doesNotMatch(htmlOf(folder), /Ann Lee|0999/);
      assert.match(htmlOf(folder), /On-call analyst/);
    });

    it('leaves people out of instructions and findings too', () => {
      const text = PLAYBOOK.replace('instructions: Look.', 'instructions: Ring Ann Lee at +44 20 7946 0999.')
        .replace('  soc: {', '  idle: { holder: cy-dow }\n  soc: {')
        .replace('people:\n', 'people:\n  cy-dow: { name: Cy Dow }\n')
        .replace('    impacts: none', '    impacts: none\n    done_when: [Ann Lee says so]')
        .replace('owner: soc\n    within', 'owner: idle\n    within');
      assert.match(htmlOf(written({ 'a.incident-playbook.yaml': text }).folder), /cy-dow/);
      const { folder } = written({ 'a.incident-playbook.yaml': text }, '--without-people');
      assert.doesNotMatch(htmlOf(folder), /Ann Lee|0999|cy-dow|Cy Dow/);
      assert.match(htmlOf(folder), /Ring \(a person\) at \(a contact\)/);
    });

    it('tells apart what two playbooks define under the same id', () => {
      const service = (title: string) => `services:\n  web: { title: ${title}, owner: soc, rto: 4h }\n`;
      const other = PLAYBOOK.replace('id: a', 'id: b')
        .replaceAll('Ann Lee', 'Bo Chen')
        .replace('On-call analyst', 'Shift lead');
      const { folder } = written({
        'a.incident-playbook.yaml': PLAYBOOK + service('Web shop'),
        'b.incident-playbook.yaml': other + service('Web mail'),
      });
      const html = htmlOf(folder);
      for (const words of ['Ann Lee', 'Bo Chen']) assert.ok(html.includes(`<strong>${words}</strong>`), words);
      assert.match(html, /<strong>Web shop<\/strong><\/td><td>On-call analyst<\/td><td>4h/);
      assert.match(html, /<strong>Web mail<\/strong><\/td><td>Shift lead<\/td><td>4h/);
    });

    it('names the commit, and is the same when it is written beside the playbooks again', () => {
      const folder = folderWith({
        'a.incident-playbook.yaml': PLAYBOOK,
        'roles/o.incident-org.yaml': 'format: organization/v1\nname: N\n',
      });
      const git = (...args: string[]) => {
        const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
        const { status, stdout, stderr } = spawnSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' });
        assert.equal(status, 0, stderr);
        return stdout.trim();
      };
      git('init', '-q');
      git('add', '.');
      git('commit', '-qm', 'One');
      const make = () => {
        assert.equal(runCli(['binder', '.', '-o', 'b.html', ...TODAY], folder).code, 0);
        return htmlOf(folder);
      };
      const first = make();
      assert.ok(first.includes(git('rev-parse', '--short=12', 'HEAD')));
      assert.equal(make(), first);
      writeFileSync(join(folder, 'roles/o.incident-org.yaml'), 'format: organization/v1\nname: M\n');
      assert.match(make(), /[0-9a-f]{12}, with changes since/);
    });

    it('refuses where findings are as bad as --fail-on says, and leaves what is there', () => {
      const bad = { 'a.incident-playbook.yaml': PLAYBOOK.replace('    owner: soc\n', ''), 'b.html': 'old' };
      const { folder, code, err } = written(bad, '--fail-on', 'error');
      assert.equal(code, 1);
      assert.match(err, /The binder was not written: \d+ findings are error or worse/);
      assert.equal(htmlOf(folder), 'old');
    });

    it('says a finding where it belongs, and on the cover', () => {
      const { folder, code } = written({ 'a.incident-playbook.yaml': PLAYBOOK.replace('    owner: soc\n', '') });
      assert.equal(code, 0);
      assert.match(htmlOf(folder), /It was printed with open gaps/);
      assert.match(htmlOf(folder), /<article[^>]*>(?:(?!<\/article>).)*Open: Nobody owns step/s);
    });

    it('takes name, paper, sections, logo and texts from the configuration, and says what it cannot read', () => {
      const config = `binder:
  organization: Southwind
  accent: "#123456"
  logo: missing.png
  front_matter: [preface.md]
  sections: [roster, playbooks]
`;
      const { folder, err } = written({
        '.incident-playbooks.yaml': config,
        'preface.md': '# Read this first\n\nKeep *calm*.\n',
      });
      const html = htmlOf(folder);
      assert.match(err, /The logo missing\.png does not exist: the binder comes without it/);
      assert.match(html, /Southwind/);
      assert.match(html, /#123456/);
      const titles = [...html.matchAll(/<h2 class="section-title">([^<]*)/g)].map(([, title]) => title);
      assert.deepEqual(titles, ['Read this first', 'Contact roster', 'Watch the flows']);
      assert.match(html, /Keep <strong>calm<\/strong>/);
    });

    it('is a folder of Markdown whose links lead somewhere', () => {
      const folder = folderWith({ 'a.incident-playbook.yaml': PLAYBOOK });
      assert.equal(runCli(['binder', '.', '-o', 'out', ...TODAY], folder).code, 0);
      const files = readdirSync(join(folder, 'out'));
      for (const file of files.filter((name) => name.endsWith('.md'))) {
        const text = readFileSync(join(folder, 'out', file), 'utf8');
        for (const [, target = ''] of text.matchAll(/\]\(<?([^)>#]+)[^)]*\)/g)) {
          assert.ok(files.includes(target), `${file} leads to ${target}`);
        }
      }
      assert.ok(files.some((name) => name.endsWith('.svg')));
    });

    it('counts on where a list of instructions does not begin with one', async () => {
      const text = PLAYBOOK.replace('instructions: Look.', 'instructions: |\n      4. Fourth\n      5. Fifth');
      const { folder } = written({ 'a.incident-playbook.yaml': text });
      assert.match(htmlOf(folder), /<ol start="4"><li><p>Fourth/);
      assert.equal(runCli(['binder', '.', '-o', 'b.pdf', ...TODAY], folder).code, 0);
      assert.match(wordsOf(await readPdf(join(folder, 'b.pdf'))), /4\. Fourth 5\. Fifth/);
    });

    it('holds whatever stands in a playbook as text', () => {
      const nasty = '<script>alert(1)</script> [a](javascript:alert(1)) ![b](//x/y.png)';
      const { folder } = written({
        'a.incident-playbook.yaml': PLAYBOOK.replaceAll('Look at it', `'${nasty}'`).replace(
          'instructions: Look.',
          `instructions: '${nasty}'`,
        ),
      });
      assert.doesNotMatch(htmlOf(folder), /<script|href="javascript|<img/);
      assert.match(htmlOf(folder), /&lt;script&gt;/);
    });

    it('bears a long instruction, forty options, a long title, and letters that its font does not have', async () => {
      const long = Array.from({ length: 5000 }, (_, index) => `word${index}`).join(' ');
      const options = Array.from(
        { length: 40 },
        (_, index) => `      - { id: o${index}, label: Option number ${index}, impacts: none, next: end }`,
      );
      const title = `A title ${'that goes on and on '.repeat(15)}to its end`;
      const text = `${PLAYBOOK.replace('title: Watch the flows', `title: ${title}`).replace('instructions: Look.', `instructions: ${long}`)}  - id: ask
    decision: Which of them, 🚒 or مرحبا?
    owner: soc
    authority: soc
    options:
${options.join('\n')}
`;
      const folder = folderWith({ 'a.incident-playbook.yaml': text });
      const { code, err } = runCli(['binder', '.', '-o', 'b.pdf', ...TODAY], folder);
      assert.equal(code, 0, err);
      assert.match(err, /The font has no sign for .*🚒.*: the binder shows a box instead/);
      const pages = wordsOf(await readPdf(join(folder, 'b.pdf')));
      for (const word of ['word0', 'word2500', 'word4999', 'Option number 0', 'Option number 39', 'to its end']) {
        assert.ok(pages.includes(word), word);
      }
    });

    it('prints a playbook of sixty steps on letter paper', async () => {
      const folder = folderWith({ 'a.incident-playbook.yaml': generatePlaybook(60) });
      const { code, err } = runCli(['binder', '.', '-o', 'b.pdf', '--paper', 'letter', ...TODAY], folder);
      assert.equal(code, 0, err);
      const pdf = await readPdf(join(folder, 'b.pdf'));
      for (const { width, height } of pdf.pages) assert.deepEqual([width, height], [612, 792]);
      const pages = wordsOf(pdf);
      for (let step = 0; step < 60; step++) {
        const title = step % 5 === 1 ? `${step + 1}. Do we go on with step ${step}?` : `(${step}) action ·`;
        assert.ok(pages.includes(title), title);
      }
    });

    it('leaves the old file whole when it cannot write the new one', () => {
      const folder = folderWith({ 'a.incident-playbook.yaml': PLAYBOOK, 'b.pdf': 'old' });
      // A file may not grow beyond 4 KiB, as on a full disk.
      const limited = spawnSync(
        'bash',
        ['-c', `trap '' XFSZ; ulimit -f 4; exec "${process.execPath}" "${cli}" binder . -o b.pdf`],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      );
      assert.notEqual(limited.status, 0);
      assert.equal(readFileSync(join(folder, 'b.pdf'), 'utf8'), 'old');
      assert.deepEqual(readdirSync(folder).sort(), ['a.incident-playbook.yaml', 'b.pdf']);
    });

    it('says what it cannot do', () => {
      const folder = folderWith({ 'a.incident-playbook.yaml': PLAYBOOK, 'c.yaml': 'x: 1\n' });
      mkdirSync(join(folder, 'empty'));
      writeFileSync(join(folder, 'file'), '');
      for (const [args, words] of [
        [['.', '-o', 'b.docx'], /name a \.pdf, an \.html or a folder/],
        [['empty', '-o', 'b.pdf'], /There is no playbook in empty/],
        [['c.yaml', '-o', 'b.pdf'], /There is no playbook in c\.yaml/],
        [['nowhere', '-o', 'b.pdf'], /nowhere does not exist/],
        [['.', '-o', 'file/b.pdf'], /file\/b\.pdf/],
        [['.', '-o', 'b.pdf', '--paper', 'a3'], /Allowed choices are a4, letter/],
      ] as const) {
        const { code, err } = runCli(['binder', ...args], folder);
        assert.equal(code, 2, err);
        assert.match(err, words);
      }
      assert.equal(existsSync(join(folder, 'b.pdf')), false);
    });
  });
});
