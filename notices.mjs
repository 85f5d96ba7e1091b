/** The notices that licences ask for: which software of others is in the bundles, and under what terms. */
import { readdir, readFile } from 'node:fs/promises';

/**
 * The text of THIRD-PARTY-NOTICES.txt for the files that went into the bundles, given by paths from here; those that are
 * in no package are left out. A package that is there twice in one version is named once.
 *
 * @param {readonly string[]} files
 * @returns {Promise<string>}
 * @throws {Error} when a package has no text of its licence, and none can be written for it
 */
export async function noticesOf(files) {
  // A package may have packages of its own in it: the last folder of that name counts.
  const folders = files.flatMap((file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? []);
  const notices = await Promise.all([...new Set(folders)].map(noticeOf));
  return `${['Incident Playbooks contains the following software of others.', ...new Set(notices.sort())].join('\n\n')}\n`;
}

/** @param {string} folder */
async function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? (await readFile(`${folder}/${file}`, 'utf8')).trim() : textOf(license, author?.name ?? author);
  if (!text) throw new Error(`${folder} has no file with its licence: add the text to notices.mjs.`);
  return `--- ${name} ${version} (${license ?? text.split('\n', 1)[0]})\n\n${text}`;
}

/**
 * The licence of packages that only name it in their manifest.
 * @param {string | undefined} license
 * @param {string | undefined} author
 */
function textOf(license, author) {
  return license === 'MIT' && author ? MIT.replace('AUTHOR', () => author) : undefined;
}

const MIT = `Copyright (c) AUTHOR

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
