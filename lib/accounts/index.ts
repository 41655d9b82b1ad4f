// Owns people: their accounts, passwords, sessions, mailed codes and external log-ins, and what protects the log-in (CSRF, throttling).
// Which teams a person belongs to is lib/teams; what next-auth needs is lib/web/auth.
export { clearCookie, csrfCookieName, readCookie, serializeCookie, sessionCookieName } from './cookies.ts'
export { type CreateSessionInput, createSession, type NewSession, sessionCookie } from './create-session.ts'
export { authSecret, csrfCookie, csrfTokenOf, issueCsrf, verifyCsrf } from './csrf.ts'
export { endAllSessions, endSession } from './end-session.ts'
export { type AccountAddress, type AccountProfile, findAccountBySub, findUserByEmail } from './find-account.ts'
export { listSessions, type SessionOfUser } from './list-sessions.ts'
export { type AccountSession, readAccountSession, readSessionToken } from './read-session.ts'
export { type RegisteredUser, registerUser } from './register-user.ts'
export { safeReturnTo } from './return-to.ts'
export { type SessionsEnded, setSessionsEndedHook } from './session-hooks.ts'
