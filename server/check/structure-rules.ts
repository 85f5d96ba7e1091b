/** What is reported of a file before any rule looks at it, described in the same way as rules are. */
import type { Example, Severity } from '../rules/rule.js';

export interface StructureRule {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
  readonly examples: readonly Example[];
}

/** Findings with these ids have no severity to configure, and can be neither waived nor put into a baseline. */
export const structureRules: readonly StructureRule[] = [
  {
    id: 'yaml-syntax',
    severity: 'error',
    summary: 'Text that is not YAML.',
    why: 'What cannot be read cannot be checked. Everything else in the file that can be read still is.',
    examples: [
      `
steps:
  - id: look
    title: "Look
           ^^^^^ This text starts with a quote that is never closed. Close it with ".
    instructions: Look.
`,
      `
steps:
  - id: look
    title: "Look"
    instructions: Look.
`,
    ],
  },
  {
    id: 'schema',
    severity: 'error',
    summary: 'A key or a value that the format does not know.',
    why: 'A misspelt key is not read: what it says does not hold, and nothing else would tell.',
    examples: [
      `
steps:
  - id: look
    onwer: soc
    ^^^^^ Unknown key "onwer": did you mean "owner"?
    instructions: Look.
id: a
title: A
`,
      `
steps:
  - id: look
    owner: soc
    instructions: Look.
id: a
title: A
`,
    ],
  },
  {
    id: 'duplicate-definition',
    severity: 'error',
    summary: 'An id that is defined more than once.',
    why: 'Which of the two is meant depends on the order of files. In a crisis that is a coin.',
    examples: [
      `
#- a.incident-org.yaml
format: organization/v1
roles:
  ciso: { title: Chief information security officer }
  ^^^^ "ciso" is defined twice under "roles". Keep one definition.
#- b.incident-org.yaml
format: organization/v1
roles:
  ciso: { title: Head of security }
  ^^^^ "ciso" is defined twice under "roles". Keep one definition.
`,
      `
#- a.incident-org.yaml
format: organization/v1
roles:
  ciso: { title: Chief information security officer }
#- b.incident-org.yaml
format: organization/v1
roles:
  coo: { title: Chief operating officer }
`,
    ],
  },
  {
    id: 'pattern-idle',
    severity: 'info',
    summary: 'A pattern of the configuration that matches no file, or takes none back in.',
    why: 'What was to be left out is checked, and what was to be held to more is not. A pattern for files that are not always there is only information.',
    examples: [
      `
#- .incident-playbooks.yaml
exclude: [drafst/**, "!drafts/kept/**"]
          ^^^^^^^^^ This pattern matches none of the files that are checked here. It is relative to this folder: mend it, or take it out.
                     ^^^^^^^^^^^^^^^^^ This pattern takes no file back in. Put it behind the pattern that it is an exception from, or take it out.
#- drafts/a.incident-playbook.yaml
format: playbook/v1
#- drafts/kept/b.incident-playbook.yaml
format: playbook/v1
`,
      `
#- .incident-playbooks.yaml
exclude: [drafts/**, "!drafts/kept/**"]
overrides:
  - files: ["{playbooks,runbooks}/*.incident-playbook.yaml"]
    profile: audit
#- drafts/a.incident-playbook.yaml
format: playbook/v1
#- drafts/kept/b.incident-playbook.yaml
format: playbook/v1
#- runbooks/c.incident-playbook.yaml
format: playbook/v1
`,
    ],
  },
  {
    id: 'file-unreadable',
    severity: 'error',
    summary: 'A file that cannot be read as text, or is too large, and was not checked at all.',
    why: 'A run that skips a file in silence says that all is well.',
    examples: [],
  },
  {
    id: 'internal-error',
    severity: 'error',
    summary: 'A rule that failed, which is a bug of Incident Playbooks.',
    why: 'The other rules have gone on. What this one would have said is not known, so the run fails.',
    examples: [],
  },
];
