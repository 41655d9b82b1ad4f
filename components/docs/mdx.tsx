import type { ComponentProps, ComponentType, ReactElement, ReactNode } from 'react'
import { CodeBlock } from '../ui/code-block.tsx'
import { TextLink } from '../ui/link.tsx'
import { ErrorList } from './error-list.tsx'
import { GateChecks } from './gate-checks.tsx'
import { hereOf, slugOf } from './here.ts'
import { PlanTable } from './plan-table.tsx'
import { PostmanDownload } from './postman-download.tsx'
import { ScopeTable } from './scope-table.tsx'

/** Names of languages are the same in every language. */
const LANGUAGES: Record<string, string> = { sh: 'Shell', js: 'JavaScript', json: 'JSON', http: 'HTTP' }

const COMPONENTS = {
  h2: ({ children }: { children?: ReactNode }) => (
    <h2 id={slugOf(children)} className="mt-10 mb-3 scroll-mt-6 text-xl font-semibold first:mt-0">
      {children}
    </h2>
  ),
  h3: ({ children }: { children?: ReactNode }) => (
    <h3 id={slugOf(children)} className="mt-6 mb-2 scroll-mt-6 text-base font-semibold">
      {children}
    </h3>
  ),
  p: ({ children }: { children?: ReactNode }) => <p className="my-3 text-pretty">{children}</p>,
  ul: ({ children }: { children?: ReactNode }) => <ul className="my-3 list-disc space-y-1.5 pl-5">{children}</ul>,
  ol: ({ children }: { children?: ReactNode }) => <ol className="my-3 list-decimal space-y-1.5 pl-5">{children}</ol>,
  strong: ({ children }: { children?: ReactNode }) => <strong className="font-semibold">{children}</strong>,
  a: ({ href = '', children }: ComponentProps<'a'>) => <TextLink href={href}>{children}</TextLink>,
  code: ({ children }: { children?: ReactNode }) => (
    <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
      {typeof children === 'string' ? hereOf(children) : children}
    </code>
  ),
  pre: Pre,
  table: ({ children }: { children?: ReactNode }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div tabIndex={0} className="my-4 overflow-x-auto rounded-lg border border-line">
      <table className="w-full border-collapse text-left">{children}</table>
    </div>
  ),
  thead: ({ children }: { children?: ReactNode }) => (
    <thead className="border-b border-line bg-sunken/60 text-[0.8125rem] text-muted">{children}</thead>
  ),
  tr: ({ children }: { children?: ReactNode }) => <tr className="border-b border-line last:border-0">{children}</tr>,
  // A corner without words is no heading.
  th: ({ children }: { children?: ReactNode }) =>
    children ? (
      <th scope="col" className="px-3 py-2 font-medium">
        {children}
      </th>
    ) : (
      <td />
    ),
  td: ({ children }: { children?: ReactNode }) => <td className="px-3 py-2 align-top">{children}</td>,
  ErrorList,
  GateChecks,
  PlanTable,
  PostmanDownload,
  ScopeTable,
}

/** What the MDX compiler asks for: the elements and components of our pages. */
export function useMDXComponents(): Record<string, ComponentType<never>> {
  return COMPONENTS as Record<string, ComponentType<never>>
}

/** A fenced block: the code with a button "Copy". */
function Pre({ children }: { children?: ReactNode }) {
  const { className = '', children: code } = (children as ReactElement<{ className?: string; children?: ReactNode }>).props
  const language = className.replace('language-', '')
  return (
    <div className="my-4">
      <CodeBlock label={LANGUAGES[language] ?? language} code={hereOf(String(code)).trimEnd()} />
    </div>
  )
}
