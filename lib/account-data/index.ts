// Owns what concerns everything that is kept of one person: the copy that they may download, and deleting their account. Stands above
// the entities that it gathers from; each of those owns its own part.
export { type AccountImpact, accountImpact } from './account-impact.ts'
export { deleteAccount } from './delete-account.ts'
export { exportAccount } from './export-account.ts'
