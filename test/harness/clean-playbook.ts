/** A playbook without findings, for tests that put one in. */

export const CLEAN_PLAYBOOK = `format: playbook/v1
id: watch
title: Watch the flows
accountable: soc
steps:
  - id: watch
    title: Watch the flows
    phase: containment
    owner: soc
    instructions: Look.
    impacts: none
    done_when: [The flows have stopped]
severity: low
`;

/** What it refers to, as the end of the same file. */
export const ITS_PEOPLE_AND_ROLES = `people:
  on-call: { name: SOC on call, rota: true, contacts: [{ kind: phone, value: "1" }] }
roles:
  soc: { holder: on-call }
`;
