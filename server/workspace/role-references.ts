/** Every place where a file names a role, and what the role must be able to do because of it. */
import type * as types from '../model/generated/types.js';
import { isForSevereIncidents } from '../model/life-cycle.js';
import { each, type Placed, type PlacedList, type PlacedOf } from '../model/placed.js';
import type { Step } from '../model/step.js';
import { definitionOf, definitionsIn } from './definitions.js';
import { fact, type Reader } from './fact.js';
import { organizationOf, playbookOf } from './files.js';
import { organizationUrisFor, playbookUrisFor } from './scope.js';

export interface RoleReference {
  readonly id: Placed<string>;
  /** `decides`: it must be reachable in time, with a deputy. `owns`: it performs a step. `named`: all else. */
  readonly as: 'decides' | 'owns' | 'named';
}

type RoleField = Placed<string> | PlacedList<Placed<string>> | undefined;

const named = (field: RoleField) => each(field).map((id): RoleReference => ({ id, as: 'named' }));
const decides = (field: RoleField) => each(field).map((id): RoleReference => ({ id, as: 'decides' }));

/** Takes a step. Gives the roles that it names. */
export function rolesInStep(step: Step): RoleReference[] {
  return [
    ...each(step.owner).map((id): RoleReference => ({ id, as: 'owns' })),
    ...decides(step.authority),
    ...decides(step.escalate_to),
    ...named(step.consult),
    ...named(step.inform),
    ...named(step.pre_authorized?.by),
    ...named(step.automation?.verified_by),
  ];
}

/** Takes a playbook. Gives the roles that it names outside its steps. */
export function rolesAroundSteps(playbook: PlacedOf<types.Playbook>): RoleReference[] {
  return [
    ...named(playbook.accountable),
    ...named(playbook.author),
    ...named(playbook.approval?.by),
    ...(playbook.exercises?.items ?? []).flatMap(({ led_by, findings }) => [
      ...named(led_by),
      ...(findings?.items ?? []).flatMap(({ owner }) => named(owner)),
    ]),
    ...(playbook.waivers?.items ?? []).flatMap(({ owner }) => named(owner)),
  ];
}

/** Takes a file. Gives the roles that its services and obligations name. */
export function rolesInDefinitions(reader: Reader, uri: string): RoleReference[] {
  return [
    ...definitionsIn(reader, uri, 'services').flatMap(({ value }) => [
      ...named(value.owner),
      ...named(value.isolation?.authority),
    ]),
    ...definitionsIn(reader, uri, 'obligations').flatMap(({ value }) => named(value.owner)),
  ];
}

const rolesByStep = new WeakMap<Step, readonly RoleReference[]>();

/** The roles in a step. Steps never change, so they are looked for once. */
function stepRolesOf(step: Step): readonly RoleReference[] {
  let roles = rolesByStep.get(step);
  if (!roles) {
    roles = rolesInStep(step);
    rolesByStep.set(step, roles);
  }
  return roles;
}

/** Takes the URI of a file. Gives all roles that it names: around the steps, in them, and in its definitions, in this order. */
export const roleReferencesOf = fact((reader, uri: string): readonly RoleReference[] => {
  const playbook = playbookOf(reader, uri)?.value;
  const around = rolesInDefinitions(reader, uri);
  if (!playbook) return around;
  const steps = (playbook.steps?.items ?? []).flatMap(stepRolesOf);
  return [...rolesAroundSteps(playbook), ...steps, ...around];
});

export interface RoleUse {
  /** Where it is named first. */
  readonly first: Placed<string>;
  /** Where it is first named as one who decides. */
  readonly decides: Placed<string> | undefined;
  /** Where it first owns a step of a playbook for high or critical incidents. */
  readonly ownsUrgent: Placed<string> | undefined;
}

/** Takes the URI of a file. Gives how the roles that it names are used in it. */
export const roleUsesInFile = fact((reader, uri: string): ReadonlyMap<string, RoleUse> => {
  const playbook = playbookOf(reader, uri)?.value;
  const urgent = playbook !== undefined && isForSevereIncidents(playbook);
  const uses = new Map<string, { -readonly [Key in keyof RoleUse]: RoleUse[Key] }>();
  for (const { id, as } of roleReferencesOf(reader, uri)) {
    let use = uses.get(id.value);
    if (!use) {
      use = { first: id, decides: undefined, ownsUrgent: undefined };
      uses.set(id.value, use);
    }
    if (as === 'decides') use.decides ??= id;
    else if (as === 'owns' && urgent) use.ownsUrgent ??= id;
  }
  return uses;
}, sameUses);

/**
 * Takes a scope. Gives how the roles that the organisation defines are used in it. A playbook that defines a role of the
 * same id itself does not use the organisation's.
 */
export const roleUsesIn = fact((reader, scope: string): ReadonlyMap<string, RoleUse> => {
  const uses = new Map<string, RoleUse>();
  for (const uri of [...playbookUrisFor(reader, scope), ...organizationUrisFor(reader, scope)]) {
    for (const [id, use] of roleUsesInFile(reader, uri)) {
      if (organizationOf(reader, uri) === undefined && definitionOf(reader, uri, 'roles', id)?.uri === uri) continue;
      const known = uses.get(id);
      uses.set(id, {
        first: known?.first ?? use.first,
        decides: known?.decides ?? use.decides,
        ownsUrgent: known?.ownsUrgent ?? use.ownsUrgent,
      });
    }
  }
  return uses;
}, sameUses);

function sameUses(before: ReadonlyMap<string, RoleUse>, after: ReadonlyMap<string, RoleUse>): boolean {
  if (before.size !== after.size) return false;
  for (const [id, use] of after) {
    const old = before.get(id);
    if (!old || !samePlace(old.first, use.first)) return false;
    if (!samePlace(old.decides, use.decides) || !samePlace(old.ownsUrgent, use.ownsUrgent)) return false;
  }
  return true;
}

function samePlace(a: Placed<string> | undefined, b: Placed<string> | undefined): boolean {
  return a === b || (a?.place.piece === b?.place.piece && a?.place.start === b?.place.start);
}
