import type { ComponentProps } from 'react'
import { PageLink } from '#components/ui/page-link.tsx'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class.ts'
import { Spinner } from './spinner.tsx'

export type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Work is under way: shows a spinner and does nothing when pressed, but keeps the focus. */
  pending?: boolean
}

/** A push button; `type` is `button` unless given. In a form use `SubmitButton` of form.tsx. */
export function Button({ variant, size, pending = false, className, type = 'button', onClick, children, ...props }: ButtonProps) {
  return (
    <button
      {...props}
      // A pending button is not `disabled`: that would drop the focus. It only stops acting.
      type={pending ? 'button' : type}
      onClick={pending ? undefined : onClick}
      aria-disabled={pending || props['aria-disabled'] || undefined}
      aria-busy={pending || undefined}
      className={buttonClass(variant, size, className)}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  )
}

export type ButtonLinkProps = Omit<ComponentProps<typeof PageLink>, 'href'> & {
  href: string
  variant?: ButtonVariant
  size?: ButtonSize
}

/** A link that looks like a button, for going somewhere. */
export function ButtonLink({ variant, size, className, ...props }: ButtonLinkProps) {
  return <PageLink {...props} className={buttonClass(variant, size, className)} />
}
