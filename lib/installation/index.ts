// Owns the operators' look at the whole installation: how much it does, how its database and its jobs are, every team and every client. What can be
// changed belongs to the entities: plans, keys, mail, tickets, alerts.
export { getInstallation, type Installation } from './get-installation.ts'
export { type ListedClient, listAllClients } from './list-all-clients.ts'
export { type ListedTeam, listAllTeams } from './list-all-teams.ts'
