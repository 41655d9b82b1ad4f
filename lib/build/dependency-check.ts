import { existsSync } from 'node:fs'
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser'
import { options, rules } from './dependency-rules.ts'

const ROOTS = ['app', 'components', 'lib', 'server.ts']

/**
 * Every broken dependency rule below `baseDir`, one line each.
 * @throws Error when nothing was read: a check of nothing must not pass.
 */
export async function dependencyViolations(baseDir: string): Promise<string[]> {
  const roots = ROOTS.filter((root) => existsSync(`${baseDir}/${root}`))
  const { output } = await cruise(
    roots,
    { ...options, baseDir, validate: true, ruleSet: { forbidden: rules } },
    options.enhancedResolveOptions,
  )
  const { modules, summary } = output as ICruiseResult
  if (modules.length === 0) throw new Error('found no module to check')
  const broken = summary.violations.map(({ rule, from, to, cycle }) => {
    const path = cycle ? cycle.map(({ name }) => name).join(' → ') : to
    return `${rule.name}: ${from} → ${path}`
  })
  return [...broken, ...folderCycles(modules)]
}

/**
 * Cycles between the folders of lib: entities form layers (accounts → teams → plans), so no two know each other, not even through
 * files that make no cycle by themselves. Tests may reach up.
 */
function folderCycles(modules: IModule[]): string[] {
  const edges = new Map<string, Set<string>>()
  for (const { source, dependencies } of modules) {
    const from = folderOf(source)
    if (!from) continue
    for (const { resolved } of dependencies) {
      const to = folderOf(resolved)
      if (to && to !== from) edges.set(from, (edges.get(from) ?? new Set()).add(to))
    }
  }
  const found = new Set<string>()
  for (const start of edges.keys()) {
    const way = shortestCycle(edges, start)
    // The same cycle is met from each of its folders: keep the one that begins with the first name.
    if (way && start === [...way].sort()[0]) found.add(`no-folder-cycle: ${way.join(' → ')}`)
  }
  return [...found]
}

function folderOf(file: string): string | undefined {
  if (/(\.test\.tsx?|\/testing\.ts)$/.test(file)) return undefined
  const folder = /^lib\/([^/]+)\//.exec(file)?.[1]
  return folder === 'testing' ? undefined : folder
}

function shortestCycle(edges: Map<string, Set<string>>, start: string): string[] | undefined {
  const queue = [[start]]
  const seen = new Set<string>()
  for (let way = queue.shift(); way; way = queue.shift()) {
    for (const next of edges.get(way.at(-1) as string) ?? []) {
      if (next === start) return [...way, start]
      if (!seen.has(next)) queue.push([...way, next])
      seen.add(next)
    }
  }
  return undefined
}

if (import.meta.main) {
  const violations = await dependencyViolations(process.cwd())
  for (const line of violations) console.error(line)
  console.log(`dependency rules: ${violations.length} broken`)
  process.exitCode = violations.length > 0 ? 1 : 0
}
