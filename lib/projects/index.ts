// Owns projects: what the operator publishes for everyone to see, such as other applications of theirs.
export { deleteProject } from './delete-project.ts'
export type { ProjectDetail } from './internal.ts'
export { getProject, listProjects } from './list-projects.ts'
export { listPublishedProjects, type ProjectDto } from './list-published-projects.ts'
export { publishProject, unpublishProject } from './publish-project.ts'
export { changeProject, createProject } from './save-project.ts'
