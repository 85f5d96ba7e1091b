/** The command line: which command is answered by what. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { BINDER_FORMATS, type BinderFormat } from '../binder/names.js';
import { PAPERS, type Paper } from '../binder/paper.js';
import { decode } from '../disk/read-text.js';
import { GitError } from '../disk/run-git.js';
import { WriteError } from '../disk/write-file.js';
import { parseDate } from '../model/date.js';
import { version } from '../product.js';
import type { Direction, Grouping } from '../render/drawing.js';
import type { Severity } from '../rules/rule.js';
import { exitCodeOf, runCheck } from './commands/check.js';
import { effectiveConfiguration } from './commands/config.js';
import { assertRule, explain, listRules, pageOf } from './commands/explain.js';
import { writeStarter } from './commands/init.js';
import { type ServerFlags, serverArguments, withCommandFirst } from './commands/lsp.js';
import { runRender } from './commands/render.js';
import { workAsThread } from './inspect-all.js';
import { writeOutput } from './output.js';
import { progressOn } from './progress.js';
import { FORMATS, type Format, reports, SEEN_FROM_REPOSITORY } from './reports/index.js';
import { coloursFor, NO_COLOURS, printable } from './terminal.js';
import { EXIT, UsageError } from './usage-error.js';

const program = new Command('incident-playbooks')
  .description('Checks incident playbooks that are written as code.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(incident-playbooks --help lists what there is)');

interface BinderFlags {
  readonly out: string;
  readonly format?: BinderFormat;
  readonly paper?: Paper;
  readonly withoutPeople?: boolean;
  readonly failOn: Severity | 'never';
  readonly today?: string;
}

interface RenderFlags {
  readonly out?: string;
  readonly format?: string;
  readonly direction?: Direction;
  readonly group?: Grouping;
  readonly today?: string;
}

interface CheckFlags {
  readonly format: Format;
  readonly output: readonly { readonly format: Format; readonly file: string }[];
  readonly failOn: Severity | 'never';
  readonly maxWarnings?: number;
  readonly rule: readonly string[];
  readonly changedSince?: string;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly showWaived?: boolean;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly writeBaseline?: boolean;
  readonly jobs?: number;
  readonly today?: string;
}

program
  .command('check', { isDefault: true })
  .description('check playbooks and organisations; folders are searched')
  .argument('[path...]', 'files and folders (default: the folder you are in)')
  .addOption(new Option('--format <format>', 'how findings are printed').choices(FORMATS).default('pretty'))
  .addOption(
    new Option(
      '--output <format=file>',
      'write them into a file as well, - for standard output; may stand several times',
    )
      .argParser(outputs)
      .default([], 'none'),
  )
  .addOption(
    new Option('--fail-on <severity>', 'exit with 1 from this severity on')
      .choices(['error', 'warning', 'info', 'never'])
      .default('error'),
  )
  .option('--max-warnings <number>', 'exit with 1 when there are more warnings', wholeNumber)
  .option('--rule <id>', 'report only this rule; may stand several times', ruleIds, [])
  .option(
    '--changed-since <revision>',
    'check only what has changed since the current branch left this one, committed or not, and what depends on it',
  )
  .option('--stdin', 'check the text on standard input')
  .option('--stdin-filename <file>', 'the file that the text on standard input is')
  .option('--show-waived', 'keep waived findings in SARIF, as suppressions')
  .option('--fix', 'apply the safe fixes: those that repair and invent nothing')
  .option('--dry-run', 'with --fix: show what would change, and change nothing')
  .option('--write-baseline', "keep today's findings in .incident-playbooks-baseline.yaml; later runs report new ones")
  .option('--jobs <number>', 'share the work among so many threads', wholeNumber)
  .option('--today <day>', 'check as on this day, YYYY-MM-DD')
  .addHelpText(
    'after',
    '\nExit codes: 0 clean; 1 findings at or above --fail-on; 2 wrong usage, unreadable input, or nothing to check; 3 a bug of ours.',
  )
  .action(async (paths: string[], flags: CheckFlags) => {
    const stdin = stdinOf(paths, flags);
    if (flags.dryRun && !flags.fix) throw new UsageError('--dry-run shows what --fix would change: give both.');
    if (flags.writeBaseline && flags.rule.length > 0) {
      throw new UsageError('--write-baseline keeps the findings of all rules: give no --rule beside it.');
    }
    const progress = progressOn(process.stderr);
    const run = await runCheck({
      paths: paths.length > 0 ? paths : ['.'],
      folder: process.cwd(),
      today: dayOf(flags.today),
      stdin,
      changedSince: flags.changedSince,
      rules: flags.rule,
      writeBaseline: flags.writeBaseline === true,
      fix: flags.fix ? (flags.dryRun ? 'show' : 'write') : undefined,
      jobs: flags.jobs,
      outputs: flags.output.map(({ file }) => file),
      onProgress: progress.show,
    });
    progress.clear();
    const context = { version, showWaived: flags.showWaived === true, pageOf };
    const resultFor = (format: Format) => (SEEN_FROM_REPOSITORY.has(format) ? run.inRepository() : run.result);
    for (const warning of run.warnings) process.stderr.write(`${printable(warning)}\n`);
    write(run.notes.join(''));
    write(
      reports[flags.format](resultFor(flags.format), { ...context, colours: coloursFor(process.stdout, process.env) }),
    );
    // After the report, so that nobody misses the findings because a file of theirs cannot be written.
    for (const { format, file } of flags.output) {
      writeOutput(file, reports[format](resultFor(format), { ...context, colours: NO_COLOURS }), process.cwd());
    }
    process.exitCode = exitCodeOf(run.result, { failOn: flags.failOn, maxWarnings: flags.maxWarnings });
  });

program
  .command('explain')
  .description('print the page of a rule: why it is there, and an example')
  .argument('<rule>', 'the id of a rule, as it stands behind a finding')
  .action((rule: string) => write(explain(rule)));

program
  .command('rules')
  .description('list all rules')
  .option('--json', 'for programs')
  .action(({ json }: { json?: boolean }) => write(listRules(json === true)));

program
  .command('config')
  .description('print the configuration that holds for a file')
  .argument('<file>', 'a playbook or an organisation')
  .action((file: string) => write(effectiveConfiguration(file, process.cwd(), dayOf(undefined))));

program
  .command('init')
  .description('write a starter configuration, organisation and playbook')
  .argument('[folder]', 'where to', '.')
  .option('--today <day>', 'write dates as on this day, YYYY-MM-DD')
  .action((folder: string, { today }: { today?: string }) => {
    const written = writeStarter(resolve(folder), process.cwd(), dayOf(today));
    write(`Written: ${written.join(', ')}.\nFill in what stands in <brackets>, then run: incident-playbooks check\n`);
  });

program
  .command('render')
  .description(
    'write the decision graph as SVG, PNG or Mermaid text, or the whole playbook as an HTML page that prints well',
  )
  .argument('<file>', 'a playbook')
  .option(
    '-o, --out <file>',
    'the file to write, standard output (-) by default: its ending, .svg, .png, .mmd or .html, says what',
  )
  .option('--format <format>', 'svg, png, mermaid or html, where the ending does not say it')
  .addOption(new Option('--direction <direction>', 'where the way to the end leads').choices(['down', 'right']))
  .addOption(new Option('--group <by>', 'phases as bands, or owners as lanes').choices(['phase', 'owner']))
  .option('--today <day>', 'render as on this day, YYYY-MM-DD')
  .action(async (file: string, { out, format, direction, group, today }: RenderFlags) => {
    const warn = (words: string) => process.stderr.write(`${printable(words)}\n`);
    const shape = { direction: direction ?? 'down', grouping: group ?? 'none' };
    await runRender({ file, out, format, shape, warn, folder: process.cwd(), today: dayOf(today) });
  });

program
  .command('binder')
  .description('write the crisis binder: who to call, who decides what, graphs, step cards, log pages')
  .argument('[paths...]', 'playbooks, and folders of them', ['.'])
  .requiredOption('-o, --out <file>', 'a .pdf, an .html, or a folder for Markdown')
  .addOption(new Option('--format <format>', 'where the ending does not say it').choices(BINDER_FORMATS))
  .addOption(new Option('--paper <paper>', 'what it is printed on').choices(PAPERS))
  .option('--without-people', 'leave out people, numbers and addresses, for copies that leave the house')
  .addOption(
    new Option('--fail-on <severity>', 'write nothing where there is such a finding')
      .choices(['error', 'warning', 'info', 'never'])
      .default('never'),
  )
  .option('--today <day>', 'print as on this day, YYYY-MM-DD')
  .action(async (paths: string[], { out, format, paper, withoutPeople, failOn, today }: BinderFlags) => {
    const warn = (words: string) => process.stderr.write(`${printable(words)}\n`);
    const progress = progressOn(process.stderr);
    // Who checks must not wait for what writes binders.
    const { runBinder } = await import('./commands/binder.js');
    process.exitCode = await runBinder({
      paths,
      folder: process.cwd(),
      out,
      format,
      paper,
      withPeople: withoutPeople !== true,
      failOn,
      today: dayOf(today),
      onProgress: progress.show,
      warn,
    });
    progress.clear();
  });

program
  .command('lsp')
  .description('start the language server, for any editor that speaks the Language Server Protocol')
  .argument('[arguments...]', 'whatever else an editor adds is passed over, and that is said')
  .option('--stdio', 'talk over standard input and output (the default)')
  .option('--node-ipc', 'talk over the channel of a Node program that forks the server')
  .option('--socket <port>', 'talk over a port of this machine, on which the editor listens')
  .option('--pipe <name>', 'talk over a named pipe, on which the editor listens')
  .option('--clientProcessId <id>', 'end when this process has ended')
  .allowUnknownOption()
  .action((more: string[], flags: ServerFlags) => {
    const warn = (words: string) => process.stderr.write(`incident-playbooks lsp: ${printable(words)}\n`);
    if (more.length > 0) warn(`passed over: ${more.join(' ')}`);
    // The server is a bundle of its own beside this one, so that `check` does not pay for loading it.
    const server = serverArguments(flags, process.send !== undefined, warn);
    process.argv = [process.argv[0] ?? 'node', process.argv[1] ?? '', ...server];
    require(join(__dirname, 'server.js'));
  });

async function run(): Promise<void> {
  await program.parseAsync(withCommandFirst(process.argv.slice(2)), { from: 'user' });
}

function outputs(text: string, before: CheckFlags['output']): CheckFlags['output'] {
  const [format = '', ...rest] = text.split('=');
  const file = rest.join('=');
  const known = FORMATS.find((name) => name === format);
  if (!known || file === '') {
    throw new InvalidArgumentError(`Write FORMAT=FILE, where the format is one of ${FORMATS.join(', ')}.`);
  }
  return [...before, { format: known, file }];
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

function ruleIds(id: string, before: readonly string[]): readonly string[] {
  assertRule(id);
  return [...before, id];
}

function stdinOf(paths: readonly string[], flags: CheckFlags): { file: string; text: string } | undefined {
  if (!flags.stdin) {
    if (flags.stdinFilename !== undefined)
      throw new UsageError('--stdin-filename names the text of --stdin: give both.');
    return undefined;
  }
  if (paths.length > 0) throw new UsageError('--stdin is the text to check: give no paths beside it.');
  if (flags.fix || flags.writeBaseline || flags.changedSince !== undefined) {
    throw new UsageError('--stdin is not a file: it goes with neither --fix nor --write-baseline nor --changed-since.');
  }
  const read = decode(readFileSync(0));
  if (!('text' in read)) throw new UsageError(`The text on standard input ${read.fault}.`);
  return { file: flags.stdinFilename ?? 'stdin.incident-playbook.yaml', text: read.text };
}

function dayOf(text: string | undefined): number {
  if (text === undefined) {
    const now = new Date();
    const two = (part: number) => String(part).padStart(2, '0');
    return parseDate(`${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`) ?? 0;
  }
  const day = parseDate(text);
  if (day === undefined)
    throw new UsageError(`--today "${text}" is not a day of the calendar. Write it like 2026-11-20.`);
  return day;
}

function write(text: string | Uint8Array): void {
  process.stdout.write(text);
}

function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.unusable;
  } else if (error instanceof GitError) {
    process.stderr.write(`incident-playbooks: --changed-since: ${printable(error.message)}.\n`);
    process.exitCode = EXIT.unusable;
  } else if (error instanceof UsageError || error instanceof WriteError) {
    process.stderr.write(`incident-playbooks: ${printable(error.message)}\n`);
    process.exitCode = EXIT.unusable;
  } else {
    const detail = process.env['INCIDENT_PLAYBOOKS_DEBUG'] && error instanceof Error ? `\n${error.stack}` : '';
    process.stderr.write(
      `incident-playbooks: this is a bug of ours, please report it: ${printable(String(error))}\n` +
        `INCIDENT_PLAYBOOKS_DEBUG=1 shows where it happened.${detail}\n`,
    );
    process.exitCode = EXIT.bug;
  }
}

// A reader that goes away (`| head`) is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.clean);
    throw error;
  });
}

if (isMainThread) run().catch(fail);
else workAsThread();
