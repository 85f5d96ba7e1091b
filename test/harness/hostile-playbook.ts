/** A playbook whose texts would do harm where they were taken for markup. */

export const NASTY = '<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1)) </svg>';

export const HOSTILE_PLAYBOOK = `format: playbook/v1
id: hostile
title: ${JSON.stringify(NASTY)}
steps:
  - id: ask
    decision: ${JSON.stringify(`${NASTY} \u202Egnp.exe`)}
    owner: ${JSON.stringify(NASTY)}
    options:
      - { id: yes-do, label: ${JSON.stringify(NASTY)}, next: look }
      - { id: no-do-not, label: No, next: end }
  - id: look
    title: ${JSON.stringify(NASTY)}
    instructions: ${JSON.stringify(NASTY)}
    next: end
`;
