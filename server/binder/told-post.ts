/** A role with its people, in a line. */
import type { Post } from '../exercise/script.js';
import type { BinderSource } from './source.js';

/** Takes a contact. Gives it so that it is never broken: half a number is no number. */
export function unbroken(contact: string): string {
  return contact.replace(/ /g, '\u00a0');
}

/** Takes a role, where one is named. Gives its title, its holder and the deputies, as far as people are printed. */
export function askedNames(post: Post | undefined, { withPeople }: Pick<BinderSource, 'withPeople'>): string {
  if (!post) return 'nobody is named';
  const [holder, ...deputies] = withPeople ? post.people : [];
  if (!holder) return post.title;
  const others = deputies.length > 0 ? `; if not: ${deputies.map(({ name }) => name).join(', ')}` : '';
  return `${post.title}, ${[holder.name, ...holder.contacts.slice(0, 1).map(unbroken)].join(', ')}${others}`;
}
