// Owns the running process: what is started in which order, the workers, and the orderly stop. The composition root of the server.

export { start } from './start.ts'
export { StartError } from './start-error.ts'
