/** Ids: kebab-case names that one part of a playbook or organisation uses to refer to another. */

/** The word that `next` uses for "the playbook ends here"; it can name no step. */
export const END = 'end';

export function isId(text: string): boolean {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

export function isStepId(text: string): boolean {
  return isId(text) && text !== END;
}

/** Takes an id. Gives the words that it is made of, as a title begins: `isolate-host` gives `Isolate host`. */
export function titleFromId(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
