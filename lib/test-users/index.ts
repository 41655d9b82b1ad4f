// Owns the test users of a client: the addresses, besides its team's, that may log in on its domains in test mode. Whether somebody may
// is asked at log-in and at every refresh, by lib/connections and lib/oidc.
export { addTestUser } from './add-test-user.ts'
export type { TestUserDto } from './internal.ts'
export { listTestUsers } from './list-test-users.ts'
export { removeTestUser } from './remove-test-user.ts'
