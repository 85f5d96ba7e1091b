/** `init [FOLDER]`: writes a starter configuration, organisation and playbook. */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { makeFolder, writeWhole } from '../../disk/write-file.js';
import { type Day, formatDate } from '../../model/date.js';
import { UsageError } from '../usage-error.js';

/**
 * Takes a folder and the day. Writes the three files, and none where one of them is there already. Gives their paths.
 *
 * @throws UsageError where a file is there already, WriteError where one cannot be written.
 */
export function writeStarter(folder: string, base: string, today: Day): string[] {
  const files = starter(today);
  const paths = files.map(({ name }) => join(folder, name));
  const there = paths.filter((path) => existsSync(path)).map((path) => relative(base, path));
  if (there.length > 0) throw new UsageError(`${there.join(', ')} is there already, so nothing was written.`);
  for (const [index, { text }] of files.entries()) {
    const path = paths[index] ?? '';
    makeFolder(dirname(path), relative(base, dirname(path)));
    writeWhole(path, text, relative(base, path));
  }
  return paths.map((path) => relative(base, path));
}

function starter(today: Day): readonly { readonly name: string; readonly text: string }[] {
  const inAYear = formatDate(today + 364);
  return [
    { name: '.incident-playbooks.yaml', text: CONFIGURATION },
    { name: 'organization/company.incident-org.yaml', text: ORGANIZATION },
    { name: 'playbooks/stolen-account.incident-playbook.yaml', text: PLAYBOOK.replaceAll('IN-A-YEAR', inAYear) },
  ];
}

const CONFIGURATION = `# How the playbooks in this folder and below are checked. "incident-playbooks rules" lists the rules.
root: true
profile: review
`;

const ORGANIZATION = `format: organization/v1
name: <your organisation>

# Put your own people here. What stands in <brackets> is reported until it is filled in.
people:
  first-person:
    name: <name of the head of security>
    contacts:
      - { kind: phone, value: "<number>" }
  second-person:
    name: <name of the deputy>
    contacts:
      - { kind: phone, value: "<number>" }
  third-person:
    name: <name of the head of operations>
    contacts:
      - { kind: phone, value: "<number>" }
  on-call:
    name: IT on call
    rota: true
    contacts:
      - { kind: phone, value: "<number>" }

roles:
  head-of-security:
    title: Head of security
    holder: first-person
    deputies: [second-person]
  head-of-operations:
    title: Head of operations
    holder: third-person
    deputies: [second-person]
  it-on-call:
    title: IT on call
    holder: on-call

services:
  mail:
    title: Mail and calendar
    owner: head-of-operations
    criticality: high
    rto: 8h
    mtpd: 2d
    isolation: { allowed: pre_authorized, authority: head-of-operations }
`;

const PLAYBOOK = `format: playbook/v1
id: stolen-account
title: Stolen account
summary: Somebody else uses an account of ours. Lock it, find out what they did with it, give it back.
threats: [T1078]
severity: medium
# A draft is held to milder checks. Change it to in_review when the gaps are closed.
status: draft
version: 0.1.0
accountable: head-of-security
author: it-on-call
containment_target: 1h
triggers:
  - A sign-in from a country in which nobody of us is
  - A user reports a message that they have not written

steps:
  - id: confirm
    title: Confirm that it is not the user
    phase: analysis
    owner: it-on-call
    within: 15m
    instructions: |
      Ring the user on a number that we know. Compare the last sign-ins with where they were.
    impacts: none
    done_when: [The user has said which sign-ins were theirs]

  - id: decide
    phase: containment
    decision: Do we lock the account now?
    evidence: [The user's answer, The list of sign-ins]
    owner: it-on-call
    authority: head-of-security
    within: 15m
    escalate_to: head-of-operations
    if_no_decision: lock
    options:
      - id: lock
        label: Yes, lock it
        impacts:
          - { service: mail, effect: degraded, for: 4h, because: The user has no mail }
        next: lock
      - id: theirs
        label: No, the sign-ins were the user's own
        contained: false
        impacts: none
        next: end

  - id: lock
    title: Lock the account and end its sessions
    phase: containment
    owner: it-on-call
    within: 10m
    instructions: |
      Disable sign-in, end all sessions, withdraw tokens of applications. Do not delete anything.
    pre_authorized:
      by: head-of-operations
      when: The user has not recognised a sign-in, and nobody has decided in time
      limits: One account, no shared mailbox
      expires: IN-A-YEAR
    rollback: Enable sign-in again; the user sets a new password
    impacts:
      - { service: mail, effect: degraded, for: 4h }
    done_when: [A sign-in with the old password is refused]

  - id: look
    title: Find out what was done with it
    phase: analysis
    owner: it-on-call
    within: 2h
    instructions: |
      Forwarding rules, sent messages, files that were opened, other accounts from the same address.
    impacts: none
    done_when: [Each of the four has been looked at and is noted]

  - id: give-back
    title: Give the account back
    phase: recovery
    owner: it-on-call
    within: 1h
    instructions: New password and a second factor that the user sets up while somebody watches.
    impacts: none
    done_when: [The user can work again]
    next: end
`;
