'use client'

// biome-ignore lint/style/noRestrictedImports: this is where it is wrapped
import Link, { useLinkStatus } from 'next/link'
import { type ComponentProps, useState } from 'react'

/**
 * Next's link, which fetches its page ahead only when someone points at it or reaches it by keyboard. Next would fetch every link in
 * sight: twenty and more pages for each that is looked at, each with a session and permissions to read. While a page is on its way a line
 * at the top says so; a skeleton in its place would be all that a browser without JavaScript ever shows.
 */
export function PageLink({ prefetch, onPointerEnter, onFocus, children, ...props }: ComponentProps<typeof Link>) {
  const [near, setNear] = useState(false)
  return (
    <Link
      {...props}
      prefetch={prefetch ?? (near ? null : false)}
      onPointerEnter={(event) => {
        setNear(true)
        onPointerEnter?.(event)
      }}
      onFocus={(event) => {
        setNear(true)
        onFocus?.(event)
      }}
    >
      {children}
      <OnItsWay />
    </Link>
  )
}

function OnItsWay() {
  return useLinkStatus().pending ? <span aria-hidden className="on-its-way" /> : null
}
