import * as z from 'zod'
import { listPublishedProjects } from '#lib/projects/index.ts'
import { publicEndpoint } from '../endpoint.ts'

const project = z
  .object({
    id: z.number().int(),
    title: z.string(),
    description: z.string(),
    image: z.string().nullable(),
    link: z.string().nullable(),
    is_new: z.boolean(),
    direct_redirect: z.boolean(),
    published_at: z.iso.datetime(),
    categories: z.array(z.object({ id: z.number().int(), name: z.string() })),
  })
  .meta({ id: 'Project' })

/** What the operator published. */
export const projects = publicEndpoint({
  method: 'GET',
  path: '/global/projects',
  summary: 'The projects that the operator published',
  description: 'May be empty; never cut.',
  data: z.object({ projects: z.array(project) }),
  run: async () => ({ message: 'The published projects.', data: { projects: await listPublishedProjects() } }),
})
