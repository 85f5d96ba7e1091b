/** What the editor can ask about a text, through the real protocol: fixtures with a cursor (`$0`). */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  Position,
  Range,
  SelectionRange,
  SemanticTokens,
  SymbolInformation,
  TextEdit,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { WAIVE_REQUEST, type WaiverQuestion } from '../server/lsp/messages.js';
import { randomFrom } from './bench/generate-playbook.js';
import { parseFixture } from './harness/fixture.js';
import { folderWith } from './harness/folder.js';
import { LanguageClient } from './harness/language-client.js';

const ORGANIZATION = `
#- org.incident-org.yaml
format: organization/v1
people:
  priya: { name: Priya Shah, contacts: [{ kind: phone, value: "+44 20 7946 0011" }] }
  sam: { name: Sam Okafor, contacts: [{ kind: phone, value: "+44 20 7946 0012" }] }
roles:
  ciso: { title: Head of security, holder: priya, deputies: [sam] }
  coo: { title: Head of operations, holder: sam, deputies: [priya] }
services:
  directory: { title: Directory, owner: coo, rto: 2h, mtpd: 8h, loss: GBP 1M per hour }
  mail: { title: Mail, owner: coo, rto: 4h, depends_on: [directory] }
`;

const PLAYBOOK = `#- a.incident-playbook.yaml
format: playbook/v1
id: takeback
title: Take the domain back
threats: [T1078.002]
severity: low
accountable: ciso
steps:
  - id: look
    title: Look
    phase: analysis
    owner: ciso
    within: 15m
    instructions: Look.
    impacts: none
    done_when: [Seen]
  - id: ask
    phase: containment
    decision: Do we close it?
    evidence: [What was seen]
    owner: coo
    authority: ciso
    within: 30m
    escalate_to: coo
    if_no_decision: wait
    options:
      - id: close
        label: Yes
        impacts: [{ service: directory, effect: outage, for: 1h }]
        next: close
      - { id: wait, label: No, contained: false, impacts: none, next: end }
  - id: close
    title: Close it
    phase: containment
    owner: coo
    within: 10m
    instructions: Close it.
    pre_authorized: { by: ciso, when: Seen, limits: One, expires: 2099-01-01 }
    rollback: Open it
    impacts: [{ service: directory, effect: outage, for: 1h }]
    done_when: [Closed]
    next: end
`;

describe('the editor features', () => {
  let folder: string;
  let client: LanguageClient;
  const textDocument = {
    completion: { completionItem: { snippetSupport: true } },
    definition: { linkSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: { disabledSupport: true },
  };
  const workspace = {
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  };
  const initializationOptions = { commands: ['incidentPlaybooks.openGraph'] };
  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

  before(async () => {
    folder = folderWith({ '.incident-playbooks.yaml': 'root: true\n' });
    client = await LanguageClient.start(folder, { pull: true, textDocument, workspace, initializationOptions });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  /** Opens the files of a fixture. Gives the text and place of the cursor. */
  async function open(
    source: string,
  ): Promise<{ uri: string; text: string; position: Position; textDocument: { uri: string } }> {
    const { files, cursor } = parseFixture(source);
    for (const { name, text } of files) {
      writeFileSync(join(folder, name), text);
      await client.close(uriOf(name));
      await client.open(uriOf(name), text);
    }
    const name = cursor?.file ?? files[0]?.name ?? '';
    const text = files.find((file) => file.name === name)?.text ?? '';
    const before = text.slice(0, cursor?.offset ?? 0).split('\n');
    const uri = uriOf(name);
    return {
      uri,
      text,
      textDocument: { uri },
      position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
    };
  }

  const ask = <T>(method: string, params: object) => client.connection.sendRequest<T>(`textDocument/${method}`, params);
  const fileOf = (uri: string) => uri.slice(uri.lastIndexOf('/') + 1);
  const at = (uri: string, { start }: Range) => `${fileOf(uri).split('.')[0]} ${start.line + 1}:${start.character + 1}`;
  const withCursor = (text: string, mark: string) => `${PLAYBOOK.replace(text, mark)}${ORGANIZATION}`;

  describe('completion', () => {
    async function complete(source: string): Promise<CompletionItem[]> {
      const { textDocument, position } = await open(source);
      return (await ask<CompletionList>('completion', { textDocument, position })).items;
    }
    const labels = (items: readonly CompletionItem[]) =>
      [...items].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)).map(({ label }) => label);

    it('offers the keys that are missing, required ones first', async () => {
      const items = await complete(`#- b.incident-playbook.yaml\nformat: playbook/v1\n$0`);
      assert.deepEqual(labels(items).slice(0, 3), ['id', 'title', 'steps']);
      assert.ok(!labels(items).includes('format'));
      assert.equal(items.find(({ label }) => label === 'id')?.detail, 'required');
      assert.match(JSON.stringify(items.find(({ label }) => label === 'severity')?.documentation), /How severe/);
    });

    it('offers keys in a half-typed line, and whole steps at a dash', async () => {
      const keys = labels(await complete(withCursor('    phase: analysis\n', '    ph$0\n')));
      assert.ok(keys.includes('phase') && !keys.includes('owner'));
      const items = await complete(
        withCursor('  - id: close\n    title: Close it', '  - $0\n  - id: close\n    title: Close it'),
      );
      assert.deepEqual(labels(items).slice(0, 5), [
        'Step: action',
        'Step: decision',
        'Step: parallel',
        'Step: call playbook',
        'id',
      ]);
    });

    it('offers values, ids with who is behind them, dates and durations', async () => {
      assert.ok(labels(await complete(withCursor('phase: analysis', 'phase: $0'))).includes('containment'));
      const roles = await complete(withCursor('owner: ciso', 'owner: $0'));
      assert.deepEqual(
        roles.map(({ label, detail }) => `${label}: ${detail}`),
        ['ciso: Head of security, Priya Shah', 'coo: Head of operations, Sam Okafor'],
      );
      assert.deepEqual(labels(await complete(withCursor('next: close', 'next: $0'))), ['look', 'ask', 'close', 'end']);
      assert.deepEqual(labels(await complete(withCursor('if_no_decision: wait', 'if_no_decision: $0'))), [
        'close',
        'wait',
      ]);
      assert.deepEqual(
        labels(await complete(withCursor('{ service: directory, effect: outage, for: 1h }', '{ service: $0 }'))),
        ['directory', 'mail'],
      );
      assert.ok(labels(await complete(withCursor('within: 15m', 'within: $0'))).includes('30m'));
      const [today] = await complete(withCursor('expires: 2099-01-01', 'expires: $0'));
      assert.equal(today?.detail, 'today');
      const reviewed = withCursor('expires: 2099-01-01', 'expires: $0').replace(
        'severity: low',
        'severity: low\nreview: { every: 90d, last: 2098-12-01 }',
      );
      const review = (await complete(reviewed)).find(({ detail }) => detail === 'the next review');
      assert.equal(review?.label, '2099-03-01');
    });

    it('offers keys inside braces', async () => {
      const keys = labels(
        await complete(withCursor('{ service: directory, effect: outage, for: 1h }', '{ service: directory, $0 }')),
      );
      assert.deepEqual(keys, ['effect', 'for', 'because']);
    });

    it('offers nothing in prose and in comments', async () => {
      assert.deepEqual(
        await complete(withCursor('instructions: Look.', 'instructions: |\n      Look at the\n      ow$0')),
        [],
      );
      assert.deepEqual(await complete(withCursor('    within: 15m', '    # ow$0')), []);
    });

    /** Takes the first suggestion with a label. Gives the line of the cursor as it is then, or all that is put in. */
    async function taken(source: string, label: string): Promise<string> {
      const { text, position, textDocument } = await open(source);
      const { items } = await ask<CompletionList>('completion', { textDocument, position });
      const item = items.find((one) => one.label === label);
      assert.ok(item?.textEdit, `${label} among ${items.map((one) => one.label).join(', ')}`);
      const document = TextDocument.create('', '', 0, text);
      const edited = TextDocument.applyEdits(document, [item.textEdit as TextEdit]).split('\n');
      const more = (item.textEdit.newText.match(/\n/g) ?? []).length;
      return edited.slice(position.line, position.line + more + 1).join('\n');
    }

    it('brings the blank where one is missing behind a colon or a dash', async () => {
      const cases: readonly [string, string, string, string][] = [
        ['    owner: ciso\n', '    owner:$0\n', 'ciso', '    owner: ciso'],
        ['    owner: ciso\n', '    owner:ci$0\n', 'ciso', '    owner: ciso'],
        ['    phase: analysis\n', '    phase:$0\n', 'recovery', '    phase: recovery'],
        ['    within: 15m\n', '    within:$0\n', '15m', '    within: 15m'],
        ['    within: 15m\n', '    within:1$0\n', '15m', '    within: 15m'],
        ['    impacts: none\n', '    impacts:$0\n', 'none', '    impacts: none'],
        ['    if_no_decision: wait\n', '    if_no_decision:$0\n', 'wait', '    if_no_decision: wait'],
        ['    authority: ciso\n', '    consult:\n      -$0\n', 'ciso', '      - ciso'],
        ['    authority: ciso\n', '    consult:\n      -ci$0\n', 'ciso', '      - ciso'],
        ['    authority: ciso\n', '    notify: { obligation: x }\n    con$0\n', 'consult', '    consult: [$0]'],
        [
          ', effect: outage, for: 1h }]\n        next',
          ', effect:$0 }]\n        next',
          'outage',
          '        impacts: [{ service: directory, effect: outage }]',
        ],
        [
          'contained: false',
          'contained:$0',
          'true',
          '      - { id: wait, label: No, contained: true, impacts: none, next: end }',
        ],
        ['expires: 2099-01-01', 'expires:$0', 'in 30 days', ''],
      ];
      for (const [text, mark, label, line] of cases) {
        const source = withCursor(text, mark);
        if (line !== '') assert.equal(await taken(source, label), line);
        else assert.match((await complete(source)).map((item) => item.textEdit?.newText).join(), /^ \d{4}-/);
      }
    });

    it('writes values and ids as plain text, so that an editor can see that they are typed already', async () => {
      for (const mark of ['owner: $0', 'owner:$0', 'within: $0', 'phase: $0', 'next: $0', 'impacts: n$0']) {
        const key = mark.slice(0, mark.indexOf(':'));
        const line = PLAYBOOK.split('\n').find((one) => one.trim().startsWith(`${key}:`)) ?? '';
        const items = await complete(withCursor(line.trim(), mark));
        const values = items.filter(({ kind }) => kind !== CompletionItemKind.Snippet);
        assert.ok(values.length > 0, mark);
        for (const { insertTextFormat } of values) assert.equal(insertTextFormat, InsertTextFormat.PlainText, mark);
      }
    });

    it('puts a blank behind the dash before a whole step, wherever the dash stands', async () => {
      for (const [dash, first] of [
        ['  -$0', /^ {2}- id: \$\{1:step-id\}\n {4}title/],
        ['  - $0', /^ {2}- id: \$\{1:step-id\}\n {4}title/],
        ['-$0', /^- id: \$\{1:step-id\}\n {2}title/],
      ] as const) {
        const written = await taken(
          `#- b.incident-playbook.yaml\nformat: playbook/v1\nsteps:\n${dash}`,
          'Step: action',
        );
        // An editor puts the indentation of the line before each line of a snippet.
        const indentation = ' '.repeat(dash.indexOf('-'));
        assert.match(written.replaceAll('\n', `\n${indentation}`), first);
      }
    });

    it('offers roles, steps, playbooks and services as choices in whole items', async () => {
      const step = '  - $0\n  - id: close\n    title: Close it';
      const decision = await taken(withCursor('  - id: close\n    title: Close it', step), 'Step: decision');
      assert.match(decision, /owner: \$\{\d+\|(?:ciso,coo|coo,ciso)\|\}/);
      assert.match(decision, /authority: \$\{\d+\|ciso,coo\|\}/);
      assert.match(decision, /escalate_to: \$\{\d+\|coo,ciso\|\}/);
      assert.match(decision, /next: \$\{\d+\|step-id,end,look,ask,close\|\}/);
      const impact = await taken(withCursor('    impacts: none', '    impacts:\n      - $0'), 'new impact');
      assert.match(impact, /- \{ service: \$\{1\|directory,mail\|\}, effect: \$\{2\|outage,/);
      const first = await taken('#- b.incident-playbook.yaml\nformat: playbook/v1\nsteps:\n  - $0', 'Step: decision');
      assert.match(first, /owner: \$\{\d+\|ciso,coo\|\}/);
      assert.match(first, /next: \$\{\d+:step-id\}/);
    });

    it('offers whole entries where keys are free, and whole items in the other lists', async () => {
      const organization = '#- other.incident-org.yaml\nformat: organization/v1\n';
      const entries = {
        people: 'person',
        roles: 'role',
        services: 'service',
        channels: 'channel',
        obligations: 'obligation',
      };
      for (const [list, one] of Object.entries(entries)) {
        const written = await taken(`${organization}${list}:\n  $0`, `new ${one}`);
        assert.match(written, /^ {2}\$\{1:[\w-]+\}:\n {2}\w+: /, written);
        await taken(`${organization}${list}:\n  ne$0`, `new ${one}`);
      }
      const lists = {
        '    options:\n      - $0': 'new option',
        '    impacts:\n      - $0': 'new impact',
        '    impacts: [$0]': 'new impact',
        '    impacts: $0': 'new impact',
      };
      for (const [mark, label] of Object.entries(lists)) await taken(withCursor('    impacts: none', mark), label);
      await taken(`${organization}people:\n  ada:\n    contacts:\n      - $0`, 'new contact');
      const playbook = '#- b.incident-playbook.yaml\nformat: playbook/v1\n';
      await taken(`${playbook}exercises:\n  - $0`, 'new exercise');
      await taken(`${playbook}exercises:\n  - on: 2026-01-01\n    findings:\n      - $0`, 'new finding');
      await taken(`${playbook}waivers:\n  - $0`, 'new waiver');
    });

    it('begins an empty file', async () => {
      assert.match(
        await taken('#- empty-file.incident-playbook.yaml\n$0', 'Playbook'),
        /^format: playbook\/v1\nid: \$\{1:empty-file\}/,
      );
      assert.match(await taken('#- empty.incident-org.yml\n$0', 'Organisation'), /^format: organization\/v1\n/);
    });

    it('offers nothing for a blank that indents, and for one behind a whole value', async () => {
      const { textDocument, position } = await open(withCursor('    phase: analysis\n', '    $0\n'));
      const context = { triggerKind: 2, triggerCharacter: ' ' };
      assert.equal(await ask('completion', { textDocument, position, context }), null);
      assert.ok((await ask<CompletionList>('completion', { textDocument, position })).items.length > 0);
      assert.deepEqual(await complete(withCursor('    owner: ciso\n', '    owner: ciso $0\n')), []);
      const keys = await ask<CompletionList>('completion', {
        ...(await open(withCursor('phase: analysis', 'phase: $0'))),
        context,
      });
      assert.ok(keys.items.length > 0);
    });

    it('offers examples of durations and days only as long as they begin with what is typed', async () => {
      assert.deepEqual(labels(await complete(withCursor('    within: 15m\n', '    within: 1m$0\n'))), []);
      assert.deepEqual(labels(await complete(withCursor('    within: 15m\n', '    within: 1$0\n'))), [
        '10m',
        '15m',
        '1h',
        '1d',
      ]);
    });

    it('names a command only to an editor that knows it', async () => {
      for (const { command } of await complete(withCursor('    phase: analysis\n', '    $0\n')))
        assert.equal(command, undefined);
      const commands = ['editor.action.triggerSuggest'];
      const editor = await LanguageClient.start(folder, {
        pull: true,
        textDocument,
        workspace,
        initializationOptions: { commands },
      });
      const open = async (text: string) => {
        const name = 'typed.incident-playbook.yaml';
        await editor.close(uriOf(name));
        await editor.open(uriOf(name), text);
        const before = text.split('\n');
        const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
        const params = { textDocument: { uri: uriOf(name) }, position };
        return (await editor.connection.sendRequest<CompletionList>('textDocument/completion', params)).items;
      };
      const start = 'format: playbook/v1\nsteps:\n  - id: isolate-hosts\n    ';
      const keys = await open(start);
      const opens = keys.filter(({ command }) => command?.command === commands[0]).map(({ label }) => label);
      for (const key of ['phase', 'owner', 'within', 'impacts', 'next', 'consult', 'options'])
        assert.ok(opens.includes(key), key);
      for (const key of ['title', 'instructions', 'rollback', 'done_when']) assert.ok(!opens.includes(key), key);
      // What is typed must be found among what is offered, or Enter writes something else.
      const next = await open(`${start}next: `);
      assert.deepEqual(labels(next), ['isolate-hosts', 'end', 'isolate']);
      const durations = await open(`${start}within: `);
      assert.deepEqual([...new Set(durations.map(({ filterText }) => filterText))], [' ']);
      assert.equal(await editor.stop(), 0);
    });

    it('offers rules in a waiver and in the configuration', async () => {
      const rulesThere = await complete('#- .incident-playbooks.yaml\nroot: true\nrules:\n  $0');
      await open('#- .incident-playbooks.yaml\nroot: true\n');
      assert.equal(
        rulesThere.find(({ label }) => label === 'rollback-missing')?.textEdit?.newText,
        'rollback-missing: $0',
      );
      const inWaiver = labels(await complete(`${PLAYBOOK}waivers:\n  - rule: ste$0\n${ORGANIZATION}`));
      assert.ok(inWaiver.includes('step-owner-missing'));
    });
  });

  describe('hover', () => {
    const hover = async (source: string) => {
      const { textDocument, position } = await open(source);
      const answer = await ask<Hover | null>('hover', { textDocument, position });
      return (answer?.contents as { value: string } | undefined)?.value ?? '';
    };

    it('says of a role who holds it, how to reach them, and what else they must decide', async () => {
      const text = await hover(withCursor('owner: ciso', 'owner: ci$0so'));
      assert.match(text, /Head of security/);
      assert.match(text, /Held by Priya Shah: phone \\?\+44 20 7946 0011/);
      assert.match(text, /Deputies, in this order: Sam Okafor\./);
      assert.match(text, /Must decide in this playbook: “Do we close it\?”/);
    });

    it('says of a service what it tolerates and what falls with it', async () => {
      const text = await hover(withCursor('service: directory', 'service: dir$0ectory'));
      assert.match(text, /RTO 2h, MTPD 8h/);
      assert.match(text, /Down with it: `mail`/);
    });

    it('says where a playbook has a definition of its own', async () => {
      const own = `${PLAYBOOK.replace('service: directory', 'service: dir$0ectory')}services: { directory: { title: Our own } }\n${ORGANIZATION}`;
      assert.match(await hover(own), /Our own[\s\S]*Defined in this playbook, which wins over the organisation\./);
    });

    it('says of a step when it is reached at worst', async () => {
      assert.match(await hover(withCursor('next: close', 'next: cl$0ose')), /Worst-case time until here: 45m\./);
    });

    it('says what keys mean, links techniques, and explains rules', async () => {
      assert.match(
        await hover(withCursor('escalate_to', 'escal$0ate_to')),
        /The role that decides when the authority cannot be reached/,
      );
      assert.match(
        await hover(withCursor('T1078.002', 'T10$078.002'.replace('$0', '$0'))),
        /attack\.mitre\.org\/techniques\/T1078\/002\//,
      );
      assert.match(
        await hover(`${PLAYBOOK}waivers: [{ rule: rollback$0-missing }]\n${ORGANIZATION}`),
        /\[The page of this rule\]/,
      );
      assert.equal(await hover(withCursor('instructions: Look.', 'instructions: Lo$0ok.')), '');
    });
  });

  describe('navigation', () => {
    it('goes to definitions, in this file and in others', async () => {
      const define = async (source: string) => {
        const { textDocument, position } = await open(source);
        return (await ask<LocationLink[]>('definition', { textDocument, position })).map((link) =>
          at(link.targetUri, link.targetSelectionRange),
        );
      };
      assert.deepEqual(await define(withCursor('owner: ciso', 'owner: ci$0so')), ['org 6:3']);
      assert.deepEqual(await define(withCursor('next: close', 'next: cl$0ose')), ['a 31:9']);
      assert.deepEqual(await define(withCursor('if_no_decision: wait', 'if_no_decision: w$0ait')), ['a 30:15']);
      assert.deepEqual(await define(withCursor('title: Look', 'title: Lo$0ok')), []);
    });

    it('finds every place of an id, and marks those in the file', async () => {
      const { textDocument, position } = await open(withCursor('service: directory', 'service: dir$0ectory'));
      const references = await ask<Location[]>('references', {
        textDocument,
        position,
        context: { includeDeclaration: true },
      });
      assert.deepEqual(references.map(({ uri, range }) => at(uri, range)).sort(), [
        'a 28:30',
        'a 39:26',
        'org 10:58',
        'org 9:3',
      ]);
      const marks = await ask<DocumentHighlight[]>('documentHighlight', { textDocument, position });
      assert.equal(marks.length, 2);
    });

    it('outlines the playbook, and finds things in the workspace', async () => {
      const { textDocument } = await open(`${PLAYBOOK}${ORGANIZATION}`);
      const outline = await ask<DocumentSymbol[]>('documentSymbol', { textDocument });
      assert.deepEqual(
        outline.map(({ name, detail }) => `${name} (${detail})`),
        ['Look (analysis)', 'Do we close it? (containment)', 'Close it (containment)'],
      );
      assert.deepEqual(
        outline[1]?.children?.map(({ name }) => name),
        ['Yes', 'No'],
      );
      const symbols = await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'closit' });
      assert.ok(
        symbols.some(({ name, containerName }) => name === 'Close it' && containerName === 'Take the domain back'),
      );
    });

    it('folds steps and selects outwards', async () => {
      const { textDocument } = await open(`${PLAYBOOK}${ORGANIZATION}`);
      const folds = await ask<FoldingRange[]>('foldingRange', { textDocument });
      assert.ok(folds.some(({ startLine, endLine }) => startLine === 7 && endLine === 14));
      const { text, position } = await open(withCursor('service: directory', 'service: dir$0ectory'));
      const [selection] = await ask<SelectionRange[]>('selectionRange', { textDocument, positions: [position] });
      const texts: string[] = [];
      const lines = text.split('\n');
      for (let one: SelectionRange | undefined = selection; one; one = one.parent) {
        const { start, end } = one.range;
        texts.push(
          start.line === end.line
            ? (lines[start.line] ?? '').slice(start.character, end.character)
            : `${end.line - start.line} lines`,
        );
      }
      assert.deepEqual(texts.slice(0, 3), [
        'directory',
        'service: directory',
        '{ service: directory, effect: outage, for: 1h }',
      ]);
      assert.ok(texts.length >= 6);
    });
  });

  it('shows the graph as a tree of calls, also between playbooks, and links what leads elsewhere', async () => {
    const caller = `#- b.incident-playbook.yaml
format: playbook/v1
id: caller
title: Caller
steps:
  - { id: run, title: Run it, playbook: takeback }
`;
    const { textDocument, position } = await open(
      `${PLAYBOOK.replace('decision: Do', 'decision: D$0o')}${caller}${ORGANIZATION}`,
    );
    const hierarchy = <T>(direction: string, item: CallHierarchyItem) =>
      client.connection.sendRequest<T[]>(`callHierarchy/${direction}Calls`, { item });
    const [ask_] = await ask<CallHierarchyItem[]>('prepareCallHierarchy', { textDocument, position });
    assert.ok(ask_);
    assert.equal(ask_.name, 'Do we close it?');
    const next = await hierarchy<CallHierarchyOutgoingCall>('outgoing', ask_);
    assert.deepEqual(
      next.map(({ to }) => to.name),
      ['Close it'],
    );
    const before = await hierarchy<CallHierarchyIncomingCall>('incoming', ask_);
    assert.deepEqual(
      before.map(({ from }) => from.name),
      ['Look'],
    );
    const [whole] = await ask<CallHierarchyItem[]>('prepareCallHierarchy', {
      textDocument,
      position: { line: 1, character: 4 },
    });
    assert.ok(whole);
    const callers = await hierarchy<CallHierarchyIncomingCall>('incoming', whole);
    assert.deepEqual(
      callers.map(({ from }) => from.name),
      ['Run it'],
    );
    const links = await ask<DocumentLink[]>('documentLink', { textDocument });
    assert.deepEqual(
      links.map(({ target }) => target),
      ['https://attack.mitre.org/techniques/T1078/002/'],
    );
    const [link] = await ask<DocumentLink[]>('documentLink', {
      textDocument: { uri: uriOf('b.incident-playbook.yaml') },
    });
    assert.equal(link?.target, uriOf('a.incident-playbook.yaml'));
    await client.close(uriOf('b.incident-playbook.yaml'));
    rmSync(join(folder, 'b.incident-playbook.yaml'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('b.incident-playbook.yaml'), type: 3 }],
    });
  });

  it('tells the problems of files that nobody has opened, and sends each once', async () => {
    writeFileSync(join(folder, 'closed.incident-playbook.yaml'), 'format: playbook/v1\nid: closed\n');
    const changed = (type: number) =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: uriOf('closed.incident-playbook.yaml'), type }],
      });
    await changed(1);
    const all = (previousResultIds: object[]) =>
      client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
    const first = await all([]);
    const closed = first.items.find(({ uri }) => uri === uriOf('closed.incident-playbook.yaml'));
    assert.ok(closed?.kind === 'full' && closed.items.some(({ message }) => String(message).includes('needs "steps"')));
    const ids = first.items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    assert.ok((await all(ids)).items.every(({ kind }) => kind === 'unchanged'));
    rmSync(join(folder, 'closed.incident-playbook.yaml'));
    await changed(3);
    const gone = (await all(ids)).items.find(({ uri }) => uri === uriOf('closed.incident-playbook.yaml'));
    assert.ok(gone?.kind === 'full' && gone.items.length === 0);
  });

  it('leaves lenses and hints out for those who have switched them off', async () => {
    const { textDocument } = await open(`${PLAYBOOK}${ORGANIZATION}`);
    const set = (enabled: boolean) =>
      client.connection.sendNotification('workspace/didChangeConfiguration', {
        settings: { incidentPlaybooks: { codeLens: { enabled }, inlayHints: { enabled } } },
      });
    const range = { start: { line: 0, character: 0 }, end: { line: 24, character: 0 } };
    const count = async () => [
      (await ask<CodeLens[]>('codeLens', { textDocument })).length,
      (await ask<InlayHint[]>('inlayHint', { textDocument, range })).length,
    ];
    await set(false);
    assert.deepEqual(await count(), [0, 0]);
    await set(true);
    assert.deepEqual(await count(), [4, 7]);
  });

  it('tells what each id is, for the colours', async () => {
    const { textDocument, text } = await open(`${PLAYBOOK}${ORGANIZATION}`);
    const { data } = await ask<SemanticTokens>('semanticTokens/full', { textDocument });
    const lines = text.split('\n');
    const tokens: string[] = [];
    for (let at = 0, line = 0, character = 0; at < data.length; at += 5) {
      const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
      line += down;
      character = down > 0 ? right : character + right;
      tokens.push(`${lines[line]?.slice(character, character + length)} ${type}${modifiers ? '!' : ''}`);
    }
    assert.deepEqual(tokens.slice(0, 6), ['takeback 7!', 'ciso 2', 'look 0!', 'ciso 2', 'ask 0!', 'coo 2']);
    const range = { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } };
    const part = await ask<SemanticTokens>('semanticTokens/range', { textDocument, range });
    assert.equal(part.data.length, 5);
  });

  it('formats the file, and a part of it', async () => {
    const untidy = PLAYBOOK.replace('threats: [T1078.002]', 'threats: [ T1078.002 ]  ').replace('[Seen]', '[Seen ]');
    const { textDocument } = await open(`${untidy}${ORGANIZATION}`);
    const options = { tabSize: 2, insertSpaces: true };
    const all = await ask<TextEdit[]>('formatting', { textDocument, options });
    assert.equal(all.length, 5);
    const range = { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } };
    assert.equal((await ask<TextEdit[]>('rangeFormatting', { textDocument, range, options })).length, 3);
  });

  describe('rename', () => {
    async function renamed(source: string, newName: string): Promise<Record<string, string>> {
      const { textDocument, position } = await open(source);
      const { changes = {} } = await ask<WorkspaceEdit>('rename', { textDocument, position, newName });
      return Object.fromEntries(
        Object.entries(changes).map(([uri, edits]) => {
          const lines = readFileSync(join(folder, fileOf(uri)), 'utf8').split('\n');
          const sorted = [...edits].sort(
            (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
          );
          for (const { range, newText } of sorted) {
            const line = lines[range.start.line] ?? '';
            lines[range.start.line] = line.slice(0, range.start.character) + newText + line.slice(range.end.character);
          }
          return [fileOf(uri), lines.join('\n')];
        }),
      );
    }

    it('changes an id everywhere, across files, and back again', async () => {
      const source = withCursor('owner: ciso', 'owner: ci$0so');
      const texts = await renamed(source, 'chief');
      assert.deepEqual(Object.keys(texts).sort(), ['a.incident-playbook.yaml', 'org.incident-org.yaml']);
      for (const text of Object.values(texts)) assert.doesNotMatch(text, /\bciso\b/);
      const back = Object.entries(texts)
        .map(([name, text]) => `#- ${name}\n${text.replace('accountable: chief', 'accountable: ch$0ief')}`)
        .join('\n');
      const before = parseFixture(source).files;
      const after = await renamed(back, 'ciso');
      for (const { name, text } of before) assert.equal(after[name]?.trim(), text.trim());
    });

    it('keeps steps and options of the same id apart', async () => {
      const texts = await renamed(withCursor('next: close', 'next: cl$0ose'), 'shut');
      const text = texts['a.incident-playbook.yaml'] ?? '';
      assert.match(text, /- id: close\n {8}label: Yes/);
      assert.match(text, /next: shut\n/);
      assert.match(text, /- id: shut\n {4}title: Close it/);
    });

    it('refuses what would collide, and what is no id', async () => {
      const { textDocument, position } = await open(withCursor('next: close', 'next: cl$0ose'));
      const rename = (newName: string) => ask('rename', { textDocument, position, newName });
      await assert.rejects(rename('look'), /There is a step "look" already/);
      await assert.rejects(rename('end'), /no step can be called that/);
      await assert.rejects(rename('No Id'), /is not an id/);
      const nowhere = await open(withCursor('title: Look', 'title: Lo$0ok'));
      await assert.rejects(ask('prepareRename', nowhere), /no id here/);
    });
  });

  describe('code actions', () => {
    const actions = async (source: string, only?: string[], lines = 0) => {
      const { textDocument, position } = await open(source);
      const range = { start: position, end: { ...position, line: position.line + lines } };
      return ask<CodeAction[]>('codeAction', {
        textDocument,
        range,
        context: { diagnostics: [], ...(only ? { only } : {}) },
      });
    };
    const titled = (found: readonly CodeAction[], title: RegExp) => found.find((one) => title.test(one.title));
    /** The text of a file of the fixture after an action. */
    const edited = (name: string, action: CodeAction | undefined) => {
      const changes = action?.edit?.documentChanges ?? [];
      const listed = changes.flatMap((change) =>
        'edits' in change && change.textDocument.uri === uriOf(name) ? (change.edits as TextEdit[]) : [],
      );
      const edits = [...(action?.edit?.changes?.[uriOf(name)] ?? []), ...listed];
      const path = join(folder, name);
      const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
      return TextDocument.applyEdits(TextDocument.create('', '', 0, text), edits);
    };

    it('offer the nearest id, a waiver, and all safe fixes', async () => {
      const found = await actions(withCursor('owner: ciso', 'owner: ci$0sso'));
      assert.deepEqual(
        found.map(({ title }) => title),
        [
          'Change to "ciso"',
          'Create the role "cisso" in org.incident-org.yaml',
          'Waive this finding (role-undefined)…',
          'Apply all safe fixes',
        ],
      );
      assert.equal(found[0]?.isPreferred, true);
      assert.equal(found[0]?.diagnostics?.[0]?.code, 'role-undefined');
      const waiver = Object.values(found[2]?.edit?.changes ?? {}).flat()[0]?.newText ?? '';
      assert.match(
        waiver,
        /^\nwaivers:\n {2}- rule: role-undefined\n {4}at: look\n {4}owner: ciso\n {4}reason: <why it is accepted>\n {4}expires: \d{4}-/,
      );
    });

    it('offer only what was asked for', async () => {
      const found = await actions(withCursor('owner: ciso', 'owner: ci$0sso'), ['source.fixAll']);
      assert.deepEqual(
        found.map(({ kind }) => kind),
        ['source.fixAll.incidentPlaybooks'],
      );
    });

    it('create the role, the person, the service, the step or the playbook that there is not', async () => {
      const role = await actions(withCursor('owner: ciso', 'owner: board-ch$0air'));
      assert.match(
        edited('org.incident-org.yaml', titled(role, /^Create the role/)),
        /deputies: \[priya\] \}\n {2}board-chair:\n {4}title: Board chair\nservices:/,
      );
      const service = await actions(withCursor('service: directory', 'service: pay$0roll'));
      assert.match(
        edited('org.incident-org.yaml', titled(service, /^Create the service/)),
        /\[directory\] \}\n {2}payroll:\n {4}title: Payroll\n/,
      );
      const step = await actions(withCursor('next: close', 'next: tell-the-bo$0ard'));
      const written = titled(step, /^Create the step "tell-the-board"/);
      assert.match(
        edited('a.incident-playbook.yaml', written),
        /next: end \}\n {2}- id: tell-the-board\n {4}title: Tell the board\n {4}instructions: <.*>\n {4}next: end\n {2}- id: close\n/,
      );
      const calling = withCursor('instructions: Look.', 'playbook: other-pl$0aybook');
      const playbook = titled(await actions(calling), /^Create the playbook/);
      const [created] = playbook?.edit?.documentChanges ?? [];
      assert.deepEqual(created, { kind: 'create', uri: uriOf('other-playbook.incident-playbook.yaml') });
      assert.match(
        edited('other-playbook.incident-playbook.yaml', playbook),
        /^format: playbook\/v1\nid: other-playbook\n/,
      );
    });

    it('end a playbook that a created step would otherwise go on to', async () => {
      const source =
        '#- a.incident-playbook.yaml\nformat: playbook/v1\nid: a\ntitle: A\nstart: te$0ll\nsteps:\n  - id: look\n    instructions: Look.\n';
      assert.match(
        edited('a.incident-playbook.yaml', titled(await actions(source), /^Create the step/)),
        /instructions: Look\.\n {4}next: end\n {2}- id: tell\n {4}title: Tell\n/,
      );
    });

    it('offer who could do what nobody does', async () => {
      const owner = await actions(withCursor('  - id: look', '  - id: lo$0ok').replace('    owner: ciso\n', ''));
      assert.ok(titled(owner, /^Give it to "coo"/));
      const authority = await actions(withCursor('  - id: ask', '  - id: a$0sk').replace('    authority: ciso\n', ''));
      assert.match(
        edited('a.incident-playbook.yaml', titled(authority, /^Let "ciso" decide/)),
        /owner: coo\n {4}authority: ciso\n/,
      );
      const impact = await actions(withCursor('  - id: look', '  - id: lo$0ok').replace('    impacts: none\n', ''));
      assert.ok(titled(impact, /^Say that it has none/) && titled(impact, /^Map an outage of "mail"/));
      const deputy = await actions(
        `${PLAYBOOK.replace('severity: low', 'severity: high')}${ORGANIZATION.replace('  ciso: {', '  ci$0so: {').replace(', deputies: [sam]', '')}`,
      );
      assert.match(
        edited('org.incident-org.yaml', titled(deputy, /^Name Sam Okafor as deputy/)),
        /holder: priya, deputies: \[sam\] \}/,
      );
    });

    it('extract steps into a playbook of their own, or say why not', async () => {
      const source = withCursor('  - id: look', '  - id: lo$0ok');
      const [extract] = await actions(source, ['refactor'], 4);
      assert.equal(extract?.title, 'Extract this step into a playbook of its own');
      assert.match(
        edited('a.incident-playbook.yaml', extract),
        /steps:\n {2}- id: look\n[^-]*playbook: look\n {2}- id: ask\n/,
      );
      assert.match(
        edited('look.incident-playbook.yaml', extract),
        /^format: playbook\/v1\nid: look\n[\s\S]*done_when: \[Seen\]\n$/,
      );
      const [refused] = await actions(withCursor('  - id: ask', '  - id: a$0sk'), ['refactor'], 4);
      assert.match(refused?.disabled?.reason ?? '', /more than one place/);
      assert.deepEqual(await actions(source, ['refactor']), []);
    });

    it('sort the steps in the order of the flow', async () => {
      const [sort] = await actions(`${PLAYBOOK.replace('severity: low', 'start: as$0k')}${ORGANIZATION}`, [
        'source.sortSteps',
      ]);
      assert.equal(sort?.title, 'Sort the steps in the order of the flow');
      const text = edited('a.incident-playbook.yaml', sort);
      assert.deepEqual(
        [...text.matchAll(/^ {2}- id: (\w+)/gm)].map(([, id]) => id),
        ['ask', 'close', 'look'],
      );
      assert.deepEqual(
        await actions(`${PLAYBOOK.replace('id: look', 'id: lo$0ok')}${ORGANIZATION}`, ['source.sortSteps']),
        [],
      );
    });

    it('let a client ask for what a waiver says, where it can', async () => {
      const asking = await LanguageClient.start(folder, {
        textDocument,
        initializationOptions: { commands: ['incidentPlaybooks.waiveFinding'] },
      });
      const { uri, text } = await open(withCursor('owner: ciso', 'owner: ci$0sso'));
      await asking.open(uri, text);
      const line = text.split('\n').findIndex((one) => one.includes('cisso'));
      const range = { start: { line, character: 13 }, end: { line, character: 13 } };
      const found = await asking.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics: [] },
      });
      const command = titled(found, /^Waive/)?.command;
      const [at, question] = (command?.arguments ?? []) as [string, WaiverQuestion];
      assert.equal(at, uri);
      assert.equal(question.accountable, 'ciso');
      assert.deepEqual(question.roles[1], { id: 'coo', detail: 'Head of operations, Sam Okafor' });
      const waiver = {
        rule: question.rule,
        at: question.at,
        owner: 'coo',
        reason: 'Agreed: "for now" #1',
        expires: question.lastEnd,
      };
      const [edit] = await asking.connection.sendRequest<TextEdit[]>(WAIVE_REQUEST, { uri, waiver });
      assert.match(edit?.newText ?? '', /owner: coo\n {4}reason: 'Agreed: "for now" #1'\n/);
      assert.equal(await asking.stop(), 0);
    });

    it('offer what a rule says to insert', async () => {
      const found = await actions(
        withCursor('  - id: ask\n', '  - id: a$0sk\n').replace('    if_no_decision: wait\n', ''),
      );
      assert.deepEqual(found.map(({ title }) => title).slice(0, 2), [
        'Take "close" when nobody decides',
        'Take "wait" when nobody decides',
      ]);
    });
  });

  it('shows above the playbook when containment comes, and above decisions who decides', async () => {
    const { textDocument } = await open(`${PLAYBOOK}${ORGANIZATION}`);
    const titles = (await ask<CodeLens[]>('codeLens', { textDocument })).map(({ command }) => command?.title);
    assert.deepEqual(titles, [
      'Containment in 55m at worst, 30m of it waiting for decisions',
      'No open gaps',
      'Graph',
      'Decides: ciso (Priya Shah) within 30m · not reached: coo (Sam Okafor) · no decision: wait',
    ]);
  });

  it('shows behind roles who holds them, and behind budgets how much time has passed', async () => {
    const { textDocument } = await open(`${PLAYBOOK}${ORGANIZATION}`);
    const range = { start: { line: 0, character: 0 }, end: { line: 24, character: 0 } };
    const hints = await ask<InlayHint[]>('inlayHint', { textDocument, range });
    assert.deepEqual(
      hints.map(({ position, label }) => `${position.line + 1} ${label as string}`),
      [
        '6 Priya Shah',
        '11 Priya Shah',
        '12 done after 15m at worst',
        '20 Sam Okafor',
        '21 Priya Shah',
        '22 done after 45m at worst',
        '23 Sam Okafor',
      ],
    );
  });

  describe('bad input', () => {
    it('gets an answer or a clean error: places outside the text, files that are not open, odd ids', async () => {
      const { textDocument } = await open(`${PLAYBOOK.replace('id: look', 'id: __proto__')}${ORGANIZATION}`);
      const methods = ['completion', 'hover', 'definition', 'documentHighlight', 'prepareRename'];
      for (const position of [
        { line: 9999, character: 0 },
        { line: 3, character: 9999 },
        { line: 7, character: 9 },
      ]) {
        for (const method of methods) {
          for (const document of [textDocument, { uri: uriOf('nowhere.yaml') }, { uri: 'untitled:Untitled-1' }]) {
            await ask(method, { textDocument: document, position }).catch((error: Error) =>
              assert.match(error.message, /no id here/),
            );
          }
        }
        await ask('references', { textDocument, position, context: { includeDeclaration: true } });
        await ask('selectionRange', { textDocument, positions: [position] });
      }
      for (const method of ['documentSymbol', 'codeLens', 'foldingRange', 'documentLink'])
        await ask(method, { textDocument: { uri: uriOf('nowhere.yaml') } });
    });

    it('changes out of order, and a question that is taken back', async () => {
      const { uri, text, position, textDocument } = await open(withCursor('owner: ciso', 'owner: ci$0so'));
      const change = (version: number, newText: string) =>
        client.connection.sendNotification('textDocument/didChange', {
          textDocument: { uri, version },
          contentChanges: [{ range: { start: position, end: position }, text: newText }],
        });
      await change(9, 'x');
      await change(3, 'y');
      const messages = (await client.pull(uri)).map(({ message }) => String(message));
      assert.ok(
        messages.some((message) => message.includes('"ciyxso"')),
        messages.join('\n'),
      );
      const source = new CancellationTokenSource();
      const asked = client.connection.sendRequest('textDocument/references', { textDocument, position }, source.token);
      source.cancel();
      await asked.catch((error: { code: number }) =>
        assert.ok([-32800, -32801].includes(error.code), String(error.code)),
      );
      await client.close(uri);
      await assert.rejects(
        change(10, 'z').then(() => ask('prepareRename', { textDocument, position: { line: 999, character: 0 } })),
        /no id here/,
      );
      await client.open(uri, text);
      assert.ok(!(await client.pull(uri)).some(({ code }) => code === 'role-undefined'));
    });

    it('a file of ten thousand steps, and one of two hundred levels', async () => {
      const steps = Array.from(
        { length: 10_000 },
        (_, index) => `  - { id: s${index}, owner: ciso, instructions: x, within: 1m }`,
      );
      const big = `#- big.incident-playbook.yaml\nformat: playbook/v1\nid: big\ntitle: Big\nsteps:\n${steps.join('\n')}\n`;
      const { textDocument } = await open(`${big}${ORGANIZATION}`);
      const position = { line: 5000, character: 12 };
      const range = { start: { line: 5000, character: 0 }, end: { line: 5020, character: 0 } };
      assert.equal((await ask<DocumentSymbol[]>('documentSymbol', { textDocument })).length, 10_000);
      assert.match(JSON.stringify(await ask<Hover>('hover', { textDocument, position })), /Worst-case time until here/);
      assert.ok((await ask<InlayHint[]>('inlayHint', { textDocument, range })).length >= 40);
      assert.ok((await ask<CompletionList>('completion', { textDocument, position })).items.length >= 0);
      const deep = `#- deep.incident-playbook.yaml\nformat: playbook/v1\nid: deep\ntitle: ${'['.repeat(200)}${']'.repeat(200)}\n`;
      const nested = await open(deep);
      await ask('foldingRange', { textDocument: nested.textDocument });
      await ask('completion', { textDocument: nested.textDocument, position: { line: 2, character: 100 } });
      for (const name of ['big', 'deep']) {
        await client.close(uriOf(`${name}.incident-playbook.yaml`));
        rmSync(join(folder, `${name}.incident-playbook.yaml`));
      }
    }).timeout(30_000);

    it('survives ten thousand random messages', async () => {
      const { uri, text } = await open(`${PLAYBOOK}${ORGANIZATION}`);
      const random = randomFrom(7);
      const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
      const uris = [uri, uriOf('org.incident-org.yaml'), uriOf('nowhere.yaml'), 'untitled:x', 'file:///%ZZ', ''];
      const position = () => ({ line: Math.floor(random() * 60) - 2, character: Math.floor(random() * 60) - 2 });
      const range = () => ({ start: position(), end: position() });
      const values = [null, 0, -1, 'x', [], {}, true];
      const methods = [
        ...[
          'completion',
          'hover',
          'definition',
          'references',
          'documentHighlight',
          'documentSymbol',
          'codeAction',
          'codeLens',
        ],
        ...[
          'inlayHint',
          'foldingRange',
          'selectionRange',
          'rename',
          'prepareRename',
          'documentLink',
          'prepareCallHierarchy',
        ],
        ...['diagnostic', 'formatting', 'rangeFormatting', 'semanticTokens/full', 'semanticTokens/range', 'nonsense'],
      ];
      const fragments = [
        '\n',
        '  - ',
        'id: ',
        ': |\n',
        '"',
        '{',
        '}',
        '[',
        '&a ',
        '*a ',
        '!x ',
        '# ',
        'owner: ',
        '\t',
        '\u0000',
        '- - -',
        '<<: ',
      ];
      let version = 100;
      let answered = 0;
      const waiting: Promise<unknown>[] = [];
      for (let count = 0; count < 10_000; count++) {
        const kind = random();
        if (kind < 0.4) {
          const params =
            random() < 0.15
              ? { textDocument: pick(values), position: pick(values) }
              : {
                  textDocument: { uri: pick(uris) },
                  position: position(),
                  positions: [position()],
                  range: range(),
                  newName: pick(['a-b', 'X', 'end', '']),
                  context: pick([{ diagnostics: [], includeDeclaration: true }, { diagnostics: [] }, undefined]),
                };
          const source = new CancellationTokenSource();
          const answer = client.connection.sendRequest(`textDocument/${pick(methods)}`, params, source.token);
          if (random() < 0.1) source.cancel();
          waiting.push(
            answer.then(
              () => answered++,
              () => answered++,
            ),
          );
        } else if (kind < 0.9) {
          const target = pick(uris);
          await client.connection.sendNotification('textDocument/didChange', {
            textDocument: { uri: target, version: random() < 0.1 ? 1 : ++version },
            contentChanges: [random() < 0.02 ? { text } : { range: range(), text: pick(fragments) }],
          });
        } else {
          await client.connection.sendNotification(
            pick(['textDocument/didOpen', 'textDocument/didClose', 'textDocument/didSave', 'x/y']),
            {
              textDocument: pick<object | null>([
                { uri: pick(uris), languageId: 'yaml', version: 1, text: pick(fragments) },
                { uri: pick(uris) },
                {},
                null,
              ]),
            },
          );
        }
        if (waiting.length >= 50) await Promise.all(waiting.splice(0));
      }
      await Promise.all(waiting);
      assert.ok(answered > 3000);
      const { textDocument } = await open(`${PLAYBOOK}${ORGANIZATION}`);
      assert.equal((await ask<DocumentSymbol[]>('documentSymbol', { textDocument })).length, 3);
    }).timeout(120_000);
  });
});
