'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export { type NavTab, NavTabs } from './nav-tabs.tsx'

export type TabsProps = {
  label: string
  items: readonly { value: string; label: ReactNode; content: ReactNode }[]
  defaultValue?: string
  value?: string
  onValueChange?: (value: string) => void
}

/** Tabs within one page: snippets in several languages, for example. For pages use NavTabs. */
export function Tabs({ label, items, defaultValue, value, onValueChange }: TabsProps) {
  return (
    <Base.Root
      defaultValue={value === undefined ? (defaultValue ?? items[0]?.value) : undefined}
      value={value}
      onValueChange={onValueChange}
    >
      <Base.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]">
        {items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className="-mb-px flex h-10 items-center gap-2 border-b-2 border-transparent px-2.5 whitespace-nowrap text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent-text data-active:font-medium data-active:text-ink touch:h-11"
          >
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value} className="rounded-sm pt-4">
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
