'use client'

import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { Alert } from './alert.tsx'
import { Button, type ButtonProps } from './button.tsx'

/** What went wrong with the form as a whole, at its top, read out when it appears. Renders nothing without a message. */
export function FormError({ title, children, id }: { title?: ReactNode; children?: ReactNode; id?: string }) {
  if (!children && !title) return null
  return (
    <Alert tone="danger" title={title} role="alert" id={id}>
      {children}
    </Alert>
  )
}

/** The row of buttons at the end of a form. `stretch`: full width, as in an AuthCard. */
export function FormActions({ children, stretch = false, className }: { children: ReactNode; stretch?: boolean; className?: string }) {
  return (
    <div className={clsx('flex flex-wrap items-center gap-3 pt-1', stretch ? '*:flex-1' : 'max-sm:*:flex-1', className)}>{children}</div>
  )
}

/** Sends the form; turns pending by itself while a Server Action runs. Primary unless told. */
export function SubmitButton({ variant = 'primary', pending, ...props }: Omit<ButtonProps, 'type'>) {
  const status = useFormStatus()
  return <Button {...props} variant={variant} type="submit" pending={pending ?? status.pending} />
}
