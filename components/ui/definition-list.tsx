import type { ReactNode } from 'react'

/** Names and values, one line each: the details of something. */
export function DefinitionList({ items }: { items: readonly { term: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="divide-y divide-line">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, never reordered
        <div key={index} className="flex flex-wrap gap-x-6 gap-y-0.5 py-2.5">
          <dt className="w-44 shrink-0 text-muted">{item.term}</dt>
          <dd className="min-w-0 flex-1 basis-48 [overflow-wrap:anywhere]">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
