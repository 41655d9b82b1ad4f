// Owns what a team does with its plan: seeing how much of it is used, activating and changing it, asking for one by agreement.
// The plans and their limits, and operators setting them, are lib/plans.
export type { Blocker } from './blockers.ts'
export { changePlan } from './change-plan.ts'
export { getTeamPlan, type PlanOffer, type TeamPlan } from './get-plan.ts'
export { requestPlan, withdrawPlanRequest } from './request-plan.ts'
