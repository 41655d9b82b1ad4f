import { getTranslations } from 'next-intl/server'
import { Badge } from '#components/ui/badge.tsx'
import type { ProjectDetail } from '#lib/projects/index.ts'

const TONES = { draft: 'neutral', scheduled: 'info', published: 'success' } as const

/** Whether everyone sees a project: not yet, from a moment on, or now. */
export async function ProjectState({ state }: { state: ProjectDetail['state'] }) {
  const t = await getTranslations('operator.projects')
  return (
    <Badge tone={TONES[state]} dot>
      {t(`states.${state}`)}
    </Badge>
  )
}
