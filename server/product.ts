/** The product's name and version, and where its pages are; filled in by the bundler from package.json. */

declare const PRODUCT_VERSION: string | undefined;
declare const PRODUCT_HOMEPAGE: string | undefined;

export const version = typeof PRODUCT_VERSION === 'string' ? PRODUCT_VERSION : '0.0.0-source';

/** The product's own page. */
export const homepage = typeof PRODUCT_HOMEPAGE === 'string' ? PRODUCT_HOMEPAGE.replace(/#.*$/, '') : '';

/** Takes the id of a rule, or of what is reported of a file itself. Gives the address of its page. */
export function rulePage(rule: string): string {
  return `${homepage}/blob/main/server/rules/pages/${rule}.md`;
}
