import type { Value, ValueList, ValueMap } from '../../template/value.ts'
import { anyOf } from '../intrinsics.ts'
import { invalidTemplate } from '../refusal.ts'

const CONDITION = 'SharedUsagePlanCondition'

/** The one usage plan of all APIs that say `CreateUsagePlan: SHARED`; it grows as they are transformed. */
export interface SharedUsagePlan {
  readonly apis: string[]
  readonly apiStages: ValueList
  readonly stageKeys: ValueList
  readonly conditions: Set<string>
  unconditional: boolean
  deletionPolicy?: Value
  updateReplacePolicy?: Value
}

export function sharedUsagePlan(): SharedUsagePlan {
  return { apis: [], apiStages: [], stageKeys: [], conditions: new Set(), unconditional: false }
}

/** The attributes that suit all APIs seen so far: there when one of them is, kept when one of them is. */
export function sharedAttributes(plan: SharedUsagePlan, api: ValueMap, conditions: ValueMap | undefined): ValueMap {
  const { DeletionPolicy: deletion, UpdateReplacePolicy: replace, Condition: condition } = api
  if (deletion && (!plan.deletionPolicy || deletion === 'Retain')) plan.deletionPolicy = deletion
  const stronger = replace === 'Retain' || (replace === 'Snapshot' && plan.updateReplacePolicy === 'Delete')
  if (replace && (!plan.updateReplacePolicy || stronger)) plan.updateReplacePolicy = replace
  addCondition(plan, typeof condition === 'string' ? condition : undefined, conditions)
  return {
    ...(plan.deletionPolicy && { DeletionPolicy: plan.deletionPolicy }),
    ...(plan.updateReplacePolicy && { UpdateReplacePolicy: plan.updateReplacePolicy }),
    ...(plan.conditions.size > 0 && !plan.unconditional && { Condition: CONDITION }),
  }
}

function addCondition(plan: SharedUsagePlan, condition: string | undefined, conditions: ValueMap | undefined): void {
  if (plan.unconditional) return
  if (condition === undefined) {
    plan.unconditional = true
    if (conditions) delete conditions[CONDITION]
    return
  }
  if (plan.conditions.has(condition)) return
  if (!conditions) throw invalidTemplate("Can't have condition without having 'Conditions' section in the template")
  plan.conditions.add(condition)
  conditions[CONDITION] = plan.conditions.size > 1 ? anyOf([...plan.conditions]) : condition
}
