/** Writes files whole or not at all, and into pipes and devices without ever putting a file in their place. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, parse, resolve, sep } from 'node:path';
import { isWithin, repositoryOf } from './repository.js';

/** An output could not be written. The message is a whole sentence that names it and says what to do. */
export class WriteError extends Error {}

/**
 * Writes a file. A regular file is written beside its place and renamed, so that a reader sees the old content or the new
 * one, and a full disk leaves the old one; its permissions stay. A link stays a link: what it leads to is written, unless it
 * leads out of the repository, or of the current folder, in which the link itself lies. Pipes, terminals and the null device
 * are written into, and so are the names under which a process knows its own open files (`/dev/stdout`, `/dev/fd/3`).
 *
 * @param name what the caller calls the file, for messages.
 * @throws WriteError where it cannot be written; nothing unfinished is left.
 */
export function writeWhole(path: string, content: string | Uint8Array, name: string = path): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  explained(name, () => {
    const target = targetOf(path);
    if ('descriptor' in target) writeAll(target.descriptor, bytes);
    else if (target.isStream) writeInto(target.path, bytes);
    else replace(target.path, bytes, target.mode);
  });
}

/**
 * Makes a folder for outputs, and those above it, where they are not there yet.
 *
 * @throws WriteError where it cannot be made, or a link leads out as in `writeWhole`.
 */
export function makeFolder(path: string, name: string = path): void {
  explained(name, () => {
    const followed = follow(path);
    if ('descriptor' in followed) throw new Refusal('is not a folder');
    refuseLeadingOut(followed);
    mkdirSync(followed.path, { recursive: true });
  });
}

/**
 * Which file an output would be written to: its path without links. Undefined where it is none that could be overwritten: a
 * pipe, a device, an open file of this process, or one that cannot be written at all.
 */
export function fileWrittenAs(path: string): string | undefined {
  try {
    const target = targetOf(path);
    if ('descriptor' in target || target.isStream) return undefined;
    return existsSync(target.path)
      ? realpathSync.native(target.path)
      : join(realpathSync.native(dirname(target.path)), basename(target.path));
  } catch {
    return undefined;
  }
}

/** What is wrong with an output, in words that follow its name. */
class Refusal extends Error {}

function explained(name: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new WriteError(`${name} ${error instanceof Refusal ? error.message : reasonOf(error)}.`);
  }
}

type Target =
  | { readonly descriptor: number }
  | { readonly isStream: true; readonly path: string }
  | { readonly isStream: false; readonly path: string; readonly mode: number | undefined };

function targetOf(path: string): Target {
  if (WINDOWS_DEVICE.test(path)) return { isStream: true, path };
  const followed = follow(path);
  if ('descriptor' in followed) return followed;
  const before = statSync(followed.path, { throwIfNoEntry: false });
  if (before?.isFIFO() || before?.isCharacterDevice()) return { isStream: true, path: followed.path };
  refuseLeadingOut(followed);
  if (before?.isDirectory()) throw new Refusal('is a folder: name a file in it');
  if (before && !before.isFile()) throw new Refusal('is a device or a socket, which is not written to: name a file');
  if (before && (before.mode & 0o222) === 0)
    throw new Refusal('is write-protected: allow writing to it, or name another file');
  return { isStream: false, path: followed.path, mode: before && before.mode & 0o777 };
}

/** What Windows makes of "NUL", and how it names pipes. */
const WINDOWS_DEVICE = /^\\\\\.\\/;

interface FollowedPath {
  readonly path: string;
  /** The folders that the links on the way must not lead out of. */
  readonly boundaries: readonly string[];
}

const OPEN_FILE = /^\/(?:dev|proc\/(?:self|\d+))\/(?:std(?:in|out|err)|fd\/(\d+))$/;
const STANDARD = ['/dev/stdin', '/dev/stdout', '/dev/stderr'];
const MAX_LINKS = 40;

/** Follows links one by one, also where the last one leads to what is not there yet. */
function follow(path: string): FollowedPath | { readonly descriptor: number } {
  const boundaries: string[] = [];
  let current = parse(path).root;
  let rest = path.slice(current.length).split(sep).filter(Boolean);
  for (let links = 0; rest.length > 0; ) {
    const [name = '', ...others] = rest;
    const next = join(current, name);
    const descriptor = others.length === 0 ? descriptorOf(next) : undefined;
    if (descriptor !== undefined) return { descriptor };
    if (lstatSync(next, { throwIfNoEntry: false })?.isSymbolicLink()) {
      if (++links > MAX_LINKS) throw new Refusal('is a link that leads to itself');
      boundaries.push(...boundariesOf(current));
      const target = resolve(current, readlinkSync(next));
      current = parse(target).root;
      rest = [...target.slice(current.length).split(sep).filter(Boolean), ...others];
    } else {
      current = next;
      rest = others;
    }
  }
  return { path: current, boundaries };
}

function descriptorOf(path: string): number | undefined {
  if (process.platform === 'win32') return undefined;
  const [known, number] = OPEN_FILE.exec(path) ?? [];
  if (known === undefined || (known.startsWith('/proc/') && !isOwnProcess(known))) return undefined;
  return number === undefined ? STANDARD.indexOf(known) : Number(number);
}

function isOwnProcess(path: string): boolean {
  return path.startsWith('/proc/self/') || path.startsWith(`/proc/${process.pid}/`);
}

/** A link that lies in a repository may have come with it, and one in the current folder with whatever was unpacked there. */
function boundariesOf(folder: string): string[] {
  const repository = repositoryOf(folder);
  if (repository !== undefined) return [repository];
  const here = realpathSync.native(process.cwd());
  return isWithin(folder, here) ? [here] : [];
}

function refuseLeadingOut({ path, boundaries }: FollowedPath): void {
  if (boundaries.every((boundary) => isWithin(path, boundary))) return;
  throw new Refusal(`is written through a link that leads out of its folder: name ${path} itself if that is meant`);
}

function replace(path: string, bytes: Uint8Array, mode: number | undefined): void {
  const unfinished = join(dirname(path), `.incident-playbooks-${randomBytes(6).toString('hex')}.tmp`);
  const file = openSync(unfinished, 'wx');
  try {
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (mode !== undefined) chmodSync(unfinished, mode);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

const PATIENCE_MILLISECONDS = 5_000;
const PAUSE_MILLISECONDS = 20;

function writeInto(path: string, bytes: Uint8Array): void {
  const file = openStream(path);
  try {
    writeAll(file, bytes);
  } finally {
    closeSync(file);
  }
}

/** A pipe that nobody reads yet is waited for, but not for ever. */
function openStream(path: string): number {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return openSync(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error;
      if (performance.now() > end) throw new Refusal('is a pipe that nobody reads');
      pause();
    }
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(file, bytes, at);
    } catch (error) {
      // A reader that goes away (`| head`) has what it wanted.
      if (codeOf(error) === 'EPIPE') return;
      if (codeOf(error) !== 'EAGAIN') throw error;
      pause();
    }
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist, and neither does its folder: make the folder first',
  ENOTDIR: 'cannot be written: a part of its path is a file and not a folder',
  EEXIST: 'cannot be written: a part of its path is a file and not a folder',
  EISDIR: 'is a folder: name a file in it',
  EACCES: 'cannot be written: permission denied',
  EPERM: 'cannot be written: permission denied',
  EROFS: 'cannot be written: the file system can only be read',
  ENOSPC: 'cannot be written: the disk is full',
  EDQUOT: 'cannot be written: the disk is full for this user',
  EFBIG: 'cannot be written: it is too large for the file system',
  ENAMETOOLONG: 'cannot be written: its name is too long',
  EBUSY: 'cannot be written: another program uses it',
  ELOOP: 'is a link that leads to itself',
  EBADF: 'cannot be written: it is not open for writing',
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code ?? ''] ?? `cannot be written (${code ?? String(error)})`;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
