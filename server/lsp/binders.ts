/** Answers what the client asks of crisis binders: which playbooks there are, and the binder of some of them. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { BINDER_FORMATS } from '../binder/names.js';
import { takingPart } from '../workspace/exclusion.js';
import { isPlaybook, playbookOf } from '../workspace/files.js';
import { type Snapshot, textOf, urisOf } from '../workspace/snapshot.js';
import type { guardFor } from './guard.js';
import type { Host } from './host.js';
import {
  BINDER_PROGRESS,
  BINDER_REQUEST,
  type BinderParams,
  type BinderProgress,
  type BinderResult,
  PLAYBOOKS_REQUEST,
  type PlaybooksResult,
} from './messages.js';

interface World {
  readonly connection: Connection;
  readonly guard: ReturnType<typeof guardFor>;
  readonly host: Host;
  readonly current: () => Snapshot;
  readonly keyOf: (uri: string) => string;
  /** The spelling of a URI that the client uses. */
  readonly nameOf: (uri: string) => string;
  /** Whether the user trusts the workspace: only then git is asked. */
  readonly isTrusted: () => boolean;
}

class Cancelled extends Error {}

/** Takes a connection and what is behind it. Answers the requests of binders. */
export function serveBinders({ connection, guard, host, current, keyOf, nameOf, isTrusted }: World): void {
  connection.onRequest(
    PLAYBOOKS_REQUEST,
    guard<unknown, PlaybooksResult>(PLAYBOOKS_REQUEST, [], () => {
      const snapshot = current();
      const playbooks = takingPart(snapshot, 'all').filter((uri) => isPlaybook(snapshot, uri));
      return playbooks.map((uri) => {
        const { id, title } = playbookOf(snapshot, uri)?.value ?? {};
        return { uri: nameOf(uri), id: id?.value ?? '', title: title?.value ?? id?.value ?? uri };
      });
    }),
  );

  connection.onRequest(BINDER_REQUEST, (params: BinderParams, token: CancellationToken) =>
    guard<BinderParams, BinderResult>(
      BINDER_REQUEST,
      { fault: 'The binder could not be made. The output channel says why.' },
      (asked) => make(asked, token),
    )(params, token),
  );

  async function make({ uris, format, withPeople }: BinderParams, token: CancellationToken): Promise<BinderResult> {
    // Most sessions make no binder.
    const [{ makeBinder }, { binderFiles }, { roomFor }] = await Promise.all([
      import('../binder/binder.js'),
      import('../binder/files.js'),
      import('../binder/paper.js'),
    ]);
    const keys = uris.map(keyOf);
    const [first] = keys;
    if (first === undefined || !BINDER_FORMATS.includes(format)) return { fault: 'No playbook was chosen.' };
    // The snapshot may change meanwhile, so the one that the binder is made from is taken afterwards.
    const revision = isTrusted() ? await host.revisionOf(first, textsIn(current())) : '';
    const snapshot = current();
    const template = host.binderTemplate(snapshot, first);
    const options = { ...template, withPeople, revision, room: roomFor(template.paper) };
    const told = (done: number, all: number) => {
      if (token.isCancellationRequested) throw new Cancelled();
      connection
        .sendNotification(BINDER_PROGRESS, { done, all } satisfies BinderProgress)
        .catch((error) => connection.console.warn(`The client was not told how far the binder is: ${error}`));
    };
    try {
      const binder = await makeBinder(snapshot, keys, host.layout, options, told);
      if (!binder) return { fault: 'None of these files is a playbook.' };
      const means = { web: host.webFonts, trueType: host.trueTypeFonts, pdf: host.pdfWriter };
      const { files, missing } = await binderFiles(binder, format, template.paper, means);
      const signs = missing.length > 0 ? [`The font has no sign for ${missing.join(' ')}: a box stands there.`] : [];
      return {
        files: files.map(({ name, content }) => ({
          name,
          content: base64Of(content),
        })),
        notes: [...template.faults, ...signs],
      };
    } catch (error) {
      if (error instanceof Cancelled) return { fault: 'It was cancelled.' };
      throw error;
    }
  }
}

function textsIn(snapshot: Snapshot): ReadonlyMap<string, string> {
  return new Map(urisOf(snapshot).map((uri) => [uri, textOf(snapshot, uri) ?? '']));
}

function base64Of(content: string | Uint8Array): string {
  return (
    typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.length)
  ).toString('base64');
}
