/** The command line: `incident-playbooks check | render | lsp`. */
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { parseDate } from '../model/date.js';
import { version } from '../product.js';
import type { Severity } from '../rules/rule.js';
import { exitCodeOf, runCheck } from './commands/check.js';
import { runRender } from './commands/render.js';
import { json } from './reports/json.js';
import { pretty } from './reports/pretty.js';
import { coloursFor, printable } from './terminal.js';
import { EXIT, UsageError } from './usage-error.js';

const program = new Command('incident-playbooks')
  .description('Checks incident playbooks that are written as code.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(incident-playbooks --help lists what there is)');

program
  .command('check')
  .description('check playbooks and organisations; folders are searched')
  .argument('[path...]', 'files and folders', ['.'])
  .addOption(new Option('--format <format>', 'how findings are printed').choices(['pretty', 'json']).default('pretty'))
  .addOption(
    new Option('--fail-on <severity>', 'exit with 1 from this severity on')
      .choices(['error', 'warning', 'info'])
      .default('error'),
  )
  .option('--today <day>', 'check as on this day, YYYY-MM-DD')
  .addHelpText(
    'after',
    '\nExit codes: 0 clean; 1 findings at or above --fail-on; 2 wrong usage, unreadable input, or nothing to check; 3 a bug of ours.',
  )
  .action((paths: string[], { format, failOn, today }: { format: string; failOn: Severity; today?: string }) => {
    const result = runCheck({ paths, folder: process.cwd(), today: dayOf(today) });
    write(format === 'json' ? json(result, version) : pretty(result, coloursFor(process.stdout, process.env)));
    process.exitCode = exitCodeOf(result, failOn);
  });

program
  .command('render')
  .description('write the decision graph as SVG, or the whole playbook as an HTML page that prints well')
  .argument('<file>', 'a playbook')
  .requiredOption('-o, --out <file>', 'the file to write: its ending, .svg or .html, says what')
  .option('--today <day>', 'render as on this day, YYYY-MM-DD')
  .action(async (file: string, { out, today }: { out: string; today?: string }) => {
    await runRender({ file, out, folder: process.cwd(), today: dayOf(today) });
  });

program
  .command('lsp')
  .description('start the language server, for any editor that speaks the Language Server Protocol')
  .option('--stdio', 'talk over standard input and output (the default)')
  .action(() => {
    // The server is a bundle of its own beside this one, so that `check` does not pay for loading it.
    process.argv = [process.argv[0] ?? 'node', process.argv[1] ?? '', '--stdio'];
    require(join(__dirname, 'server.js'));
  });

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

function write(text: string): void {
  process.stdout.write(text);
}

function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.unusable;
  } else if (error instanceof UsageError) {
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
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.clean);
  throw error;
});

program.parseAsync().catch(fail);
