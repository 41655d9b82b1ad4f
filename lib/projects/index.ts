// Owns projects: what the operator publishes for everyone to see, such as other applications of theirs.
export { listPublishedProjects, type ProjectDto } from './list-published-projects.ts'
