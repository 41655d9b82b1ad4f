/** The client's logo, or its first letter: people recognise an application by its picture before its name. */
export function ClientLogo({ name, logoUri }: { name: string; logoUri: string | null }) {
  if (logoUri) {
    return (
      // biome-ignore lint/performance/noImgElement: an outside address, shown as it is
      <img
        src={logoUri}
        alt=""
        width={48}
        height={48}
        className="size-12 rounded-xl border border-line object-cover"
        referrerPolicy="no-referrer"
      />
    )
  }
  const letter = [...name.trim()][0]?.toUpperCase() ?? '?'
  return (
    <span
      aria-hidden="true"
      className="flex size-12 items-center justify-center rounded-xl bg-accent-soft text-xl font-semibold text-accent-text"
    >
      {letter}
    </span>
  )
}
