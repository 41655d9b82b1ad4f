'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import { Check, EllipsisVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import { PageLink } from '#components/ui/page-link.tsx'
import { type ButtonSize, type ButtonVariant, buttonClass, iconButtonClass } from './button-class.ts'

export type MenuProps = {
  /** Name of the button for assistive technology; its text too when `trigger` is missing and `iconOnly` is false. */
  label: string
  /** Content of the button; three dots when missing. */
  trigger?: ReactNode
  triggerVariant?: ButtonVariant
  triggerSize?: ButtonSize
  align?: 'start' | 'center' | 'end'
  children: ReactNode
}

/** A button that opens a list of actions: arrow keys, type-ahead, Escape. Fill it with MenuItem, MenuLink, MenuSeparator. */
export function Menu({ label, trigger, triggerVariant, triggerSize, align = 'end', children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger aria-label={label} className={trigger ? buttonClass(triggerVariant, triggerSize) : iconButtonClass()}>
        {trigger ?? <EllipsisVertical aria-hidden />}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup className="max-h-(--available-height) min-w-44 origin-(--transform-origin) overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-floating outline-none transition duration-100 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const ITEM =
  'flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left outline-none select-none data-disabled:opacity-55 data-highlighted:bg-hover touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0'

/** An action. `danger` for what destroys something. */
export function MenuItem({
  children,
  icon,
  onClick,
  disabled,
  danger = false,
  closeOnClick = true,
}: {
  children: ReactNode
  icon?: ReactNode
  onClick?: () => void
  disabled?: boolean
  danger?: boolean
  closeOnClick?: boolean
}) {
  return (
    <Base.Item onClick={onClick} disabled={disabled} closeOnClick={closeOnClick} className={clsx(ITEM, danger && 'text-danger-text')}>
      {icon}
      {children}
    </Base.Item>
  )
}

/** A place to go. */
export function MenuLink({ href, children, icon }: { href: string; children: ReactNode; icon?: ReactNode }) {
  return (
    <Base.LinkItem closeOnClick className={ITEM} render={<PageLink href={href} />}>
      {icon}
      {children}
    </Base.LinkItem>
  )
}

/** A group of which one is chosen. */
export function MenuRadioGroup({
  label,
  value,
  onValueChange,
  options,
}: {
  label: string
  value: string
  onValueChange: (value: string) => void
  options: readonly { value: string; label: ReactNode }[]
}) {
  return (
    <Base.RadioGroup value={value} onValueChange={onValueChange} aria-label={label}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick className={ITEM}>
          <span className="size-4">
            <Base.RadioItemIndicator>
              <Check aria-hidden />
            </Base.RadioItemIndicator>
          </span>
          {option.label}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

/** A line between groups. */
export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />
}
