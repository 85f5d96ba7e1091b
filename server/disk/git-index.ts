/** Reads git's index: which paths git keeps, without asking git. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readBytes } from './read-bytes.js';
import { gitFoldersOf } from './repository.js';

export interface IndexEntry {
  /** Relative to the root of the repository, with slashes. */
  readonly path: string;
  /** In a sparse work tree: git keeps it, and it is not on the disk. */
  readonly isSparse: boolean;
}

const MAX_BYTES = 128 * 1024 * 1024;
const HEADER_BYTES = 12;
const STAT_BYTES = 40;
const EXTENDED = 0x4000;
const SKIP_WORKTREE = 0x4000;
/** An index that refers to another one for most of its entries. */
const SPLIT = 'link';

/** What git keeps in a repository, given its root folder; undefined where its index is of a kind that is not understood. */
export function indexOf(root: string): readonly IndexEntry[] | undefined {
  const path = join(gitFoldersOf(root).own, 'index');
  if (!existsSync(path)) return [];
  const bytes = readBytes(path, MAX_BYTES);
  return bytes && readIndex(bytes);
}

/**
 * The entries of an index of version 2, 3 or 4, with SHA-1 or SHA-256. Undefined where the bytes are no such index, or where
 * it is split in two.
 */
function readIndex(bytes: Buffer): readonly IndexEntry[] | undefined {
  return entriesIn(bytes, 20) ?? entriesIn(bytes, 32);
}

function entriesIn(bytes: Buffer, hashBytes: number): readonly IndexEntry[] | undefined {
  if (bytes.length < HEADER_BYTES + hashBytes || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  const count = bytes.readUInt32BE(8);
  const end = bytes.length - hashBytes;
  const entries: IndexEntry[] = [];
  let path = Buffer.alloc(0);
  let at = HEADER_BYTES;
  for (let index = 0; index < count; index++) {
    const start = at;
    at += STAT_BYTES + hashBytes;
    if (at + 4 > end) return undefined;
    const isExtended = (bytes.readUInt16BE(at) & EXTENDED) !== 0;
    const isSparse = isExtended && (bytes.readUInt16BE(at + 2) & SKIP_WORKTREE) !== 0;
    at += isExtended ? 4 : 2;
    let kept = 0;
    if (version === 4) {
      const strip = varint(bytes, at);
      kept = path.length - strip.value;
      at = strip.next;
      if (kept < 0) return undefined;
    }
    const nul = bytes.indexOf(0, at);
    if (nul === -1 || nul >= end) return undefined;
    path = Buffer.concat([path.subarray(0, kept), bytes.subarray(at, nul)]);
    entries.push({ path: path.toString('utf8'), isSparse });
    // Entries of the older versions are filled up to a multiple of eight.
    at = version === 4 ? nul + 1 : start + (((nul - start) & ~7) + 8);
  }
  return endsAfterExtensions(bytes, at, end) ? entries : undefined;
}

/** A number of which each byte gives seven bits, and each further byte counts on from where shorter ones end. */
function varint(bytes: Buffer, start: number): { readonly value: number; readonly next: number } {
  let at = start;
  let byte = bytes[at++] ?? 0;
  let value = byte & 127;
  while (byte & 128 && at < bytes.length) {
    byte = bytes[at++] ?? 0;
    value = (value + 1) * 128 + (byte & 127);
  }
  return { value, next: at };
}

function endsAfterExtensions(bytes: Buffer, start: number, end: number): boolean {
  let at = start;
  while (at + 8 <= end) {
    if (bytes.toString('latin1', at, at + 4) === SPLIT) return false;
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return at === end;
}
