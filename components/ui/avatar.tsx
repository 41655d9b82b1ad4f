import { clsx } from 'clsx'

/** The initials of a person or a client in a small tile. Decorative: the name stands beside it. */
export function Avatar({ name, square = false, className }: { name: string; square?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      // Drawn by the stylesheet: letters in the page would count as part of the name of the button around them.
      data-initials={initials(name)}
      className={clsx(
        'grid size-8 shrink-0 place-items-center bg-accent-soft text-xs font-semibold text-accent-text select-none before:content-[attr(data-initials)]',
        square ? 'rounded-lg' : 'rounded-full',
        className,
      )}
    />
  )
}

/** At most two letters: of the first and the last word. Whole characters, so that emoji and accents survive. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = [...(words[0] ?? '')][0] ?? '?'
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toUpperCase()
}
