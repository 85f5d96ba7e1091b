/** What can be chosen of a binder, by name. Whoever only needs the names loads nothing else. */
import type { Binder } from '../model/generated/types.js';

export type SectionName = NonNullable<Binder['sections']>[number];

/** Sections that can be left out, by the names that the configuration gives them. */
export const SECTION_NAMES = [
  'first_minutes',
  'roster',
  'authority',
  'pre_authorized',
  'impact',
  'clocks',
  'playbooks',
  'findings',
  'exercises',
  'log',
  'sign_off',
  'index',
] as const satisfies readonly SectionName[];

export const BINDER_FORMATS = ['pdf', 'html', 'markdown'] as const;
export type BinderFormat = (typeof BINDER_FORMATS)[number];
