// Owns plans: what a team may have and use, which plan is active, and changing it. Knows teams only by id; who may do what in a team
// is lib/teams.
export { activateFree } from './activate-free.ts'
export { type ActivePlan, activePlan, type TeamWithPlan } from './active-plan.ts'
export { editPlan, listPlanDetails, type PlanDetail } from './edit-plan.ts'
export { lockTeamPlan, planOf } from './internal.ts'
export { listPlans, type PlanOffer } from './list-plans.ts'
export type { SetPlanInput } from './schemas.ts'
export { type PlanChange, setPlan } from './set-plan.ts'
export { getTeamLimits, setTeamLimits, type TeamLimits } from './team-limits.ts'
