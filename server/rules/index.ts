/** All rules, made from the files of this folder by server/rules/generate.mjs. */
import { rule as accountableMissing } from './accountable-missing.js';
import { rule as approvalMissing } from './approval-missing.js';
import { rule as approverIsAuthor } from './approver-is-author.js';
import { rule as authorityOverloaded } from './authority-overloaded.js';
import { rule as automationFallbackMissing } from './automation-fallback-missing.js';
import { rule as automationUnverified } from './automation-unverified.js';
import { rule as channelUndefined } from './channel-undefined.js';
import { rule as clockNotStarted } from './clock-not-started.js';
import { rule as containmentMissing } from './containment-missing.js';
import { rule as containmentTargetMissed } from './containment-target-missed.js';
import { rule as decisionAuthorityIsOwner } from './decision-authority-is-owner.js';
import { rule as decisionAuthorityMissing } from './decision-authority-missing.js';
import { rule as decisionDeadlineMissing } from './decision-deadline-missing.js';
import { rule as decisionDefaultMissing } from './decision-default-missing.js';
import { rule as decisionEscalationMissing } from './decision-escalation-missing.js';
import { rule as decisionImpactMissing } from './decision-impact-missing.js';
import { rule as decisionOptionsTooFew } from './decision-options-too-few.js';
import { rule as disruptiveStepUnauthorized } from './disruptive-step-unauthorized.js';
import { rule as doneCriteriaMissing } from './done-criteria-missing.js';
import { rule as escalationCycle } from './escalation-cycle.js';
import { rule as evidenceMissing } from './evidence-missing.js';
import { rule as exerciseMissing } from './exercise-missing.js';
import { rule as exerciseOverdue } from './exercise-overdue.js';
import { rule as findingOverdue } from './finding-overdue.js';
import { rule as findingRepeated } from './finding-repeated.js';
import { rule as isolationNotPermitted } from './isolation-not-permitted.js';
import { rule as listCommaSuspicious } from './list-comma-suspicious.js';
import { rule as loopWithoutExit } from './loop-without-exit.js';
import { rule as nextUndefined } from './next-undefined.js';
import { rule as obligationLate } from './obligation-late.js';
import { rule as obligationUndefined } from './obligation-undefined.js';
import { rule as optionImpactUnderstated } from './option-impact-understated.js';
import { rule as outageExceedsTolerance } from './outage-exceeds-tolerance.js';
import { rule as personUndefined } from './person-undefined.js';
import { rule as placeholderLeft } from './placeholder-left.js';
import { rule as playbookCallCycle } from './playbook-call-cycle.js';
import { rule as preAuthorizationExpired } from './pre-authorization-expired.js';
import { rule as preAuthorizationUnlimited } from './pre-authorization-unlimited.js';
import { rule as reviewMissing } from './review-missing.js';
import { rule as reviewOverdue } from './review-overdue.js';
import { rule as roleContactLost } from './role-contact-lost.js';
import { rule as roleContactMissing } from './role-contact-missing.js';
import { rule as roleDeputyMissing } from './role-deputy-missing.js';
import { rule as roleDeputySamePerson } from './role-deputy-same-person.js';
import { rule as roleHolderMissing } from './role-holder-missing.js';
import { rule as roleUndefined } from './role-undefined.js';
import { rule as rollbackMissing } from './rollback-missing.js';
import { rule as serviceDependencyCycle } from './service-dependency-cycle.js';
import { rule as serviceOwnerMissing } from './service-owner-missing.js';
import { rule as serviceToleranceMissing } from './service-tolerance-missing.js';
import { rule as serviceUndefined } from './service-undefined.js';
import { rule as stepIdDuplicate } from './step-id-duplicate.js';
import { rule as stepImpactUnmapped } from './step-impact-unmapped.js';
import { rule as stepOwnerMissing } from './step-owner-missing.js';
import { rule as stepOwnerShared } from './step-owner-shared.js';
import { rule as stepUnreachable } from './step-unreachable.js';
import { rule as textTruncated } from './text-truncated.js';
import { rule as timeBudgetMissing } from './time-budget-missing.js';
import { rule as waiverExpired } from './waiver-expired.js';
import { rule as waiverIncomplete } from './waiver-incomplete.js';
import { rule as waiverUnused } from './waiver-unused.js';
import type { Rule } from './rule.js';

export const rules: readonly Rule[] = [
  accountableMissing,
  approvalMissing,
  approverIsAuthor,
  authorityOverloaded,
  automationFallbackMissing,
  automationUnverified,
  channelUndefined,
  clockNotStarted,
  containmentMissing,
  containmentTargetMissed,
  decisionAuthorityIsOwner,
  decisionAuthorityMissing,
  decisionDeadlineMissing,
  decisionDefaultMissing,
  decisionEscalationMissing,
  decisionImpactMissing,
  decisionOptionsTooFew,
  disruptiveStepUnauthorized,
  doneCriteriaMissing,
  escalationCycle,
  evidenceMissing,
  exerciseMissing,
  exerciseOverdue,
  findingOverdue,
  findingRepeated,
  isolationNotPermitted,
  listCommaSuspicious,
  loopWithoutExit,
  nextUndefined,
  obligationLate,
  obligationUndefined,
  optionImpactUnderstated,
  outageExceedsTolerance,
  personUndefined,
  placeholderLeft,
  playbookCallCycle,
  preAuthorizationExpired,
  preAuthorizationUnlimited,
  reviewMissing,
  reviewOverdue,
  roleContactLost,
  roleContactMissing,
  roleDeputyMissing,
  roleDeputySamePerson,
  roleHolderMissing,
  roleUndefined,
  rollbackMissing,
  serviceDependencyCycle,
  serviceOwnerMissing,
  serviceToleranceMissing,
  serviceUndefined,
  stepIdDuplicate,
  stepImpactUnmapped,
  stepOwnerMissing,
  stepOwnerShared,
  stepUnreachable,
  textTruncated,
  timeBudgetMissing,
  waiverExpired,
  waiverIncomplete,
  waiverUnused,
];
