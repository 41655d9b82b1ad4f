'use client'

import { Download } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { type MouseEvent, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'

const ID = 'export'
const FORMATS = ['csv', 'jsonl'] as const

type Progress = { rows: number; bytes: number; state: 'running' | 'done' | 'failed' | 'busy' }

/**
 * The export of what the filters find. The links are plain downloads; with JavaScript the rows are counted as they come, and can be
 * stopped. `href`: the address of the export, without its format.
 */
export function ExportPanel({ href, most }: { href: string; most: number }) {
  const t = useTranslations('requests.export')
  const format = useFormatter()
  const [progress, setProgress] = useState<Progress | null>(null)
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start = async (event: MouseEvent<HTMLAnchorElement>) => {
    event.preventDefault()
    const address = event.currentTarget.href
    running.current?.abort()
    const control = new AbortController()
    running.current = control
    setProgress({ rows: 0, bytes: 0, state: 'running' })
    try {
      await download(address, control.signal, (rows, bytes) => setProgress({ rows, bytes, state: 'running' }))
      setProgress((last) => last && { ...last, state: 'done' })
    } catch (error) {
      if (!control.signal.aborted) setProgress((last) => last && { ...last, state: error instanceof Busy ? 'busy' : 'failed' })
      else setProgress(null)
    }
  }

  const counted = progress && {
    rows: format.number(progress.rows),
    size: format.number(progress.bytes / 1_048_576, { maximumFractionDigits: 1 }),
  }
  return (
    <>
      <button type="button" popoverTarget={ID} className={buttonClass('secondary', 'sm')}>
        <Download aria-hidden />
        {t('trigger')}
      </button>
      <div
        id={ID}
        popover="auto"
        role="dialog"
        aria-labelledby={`${ID}-title`}
        className="fixed inset-0 m-auto h-fit w-[min(28rem,calc(100vw-2rem))] space-y-4 rounded-xl border border-line bg-surface p-5 text-ink shadow-floating backdrop:bg-backdrop"
      >
        <h2 id={`${ID}-title`} className="text-base font-semibold">
          {t('title')}
        </h2>
        <p>{t('text', { most: format.number(most) })}</p>
        <div className="flex flex-wrap gap-2">
          {FORMATS.map((name) => (
            <a key={name} href={`${href}&format=${name}`} download onClick={start} className={buttonClass('secondary', 'md')}>
              {t(name)}
            </a>
          ))}
        </div>
        <p role="status" className="text-muted">
          {progress && counted ? t(`progress.${progress.state}`, counted) : null}
          {progress?.state === 'done' && progress.rows >= most ? ` ${t('cut', { most: format.number(most) })}` : null}
        </p>
        <div className="flex justify-end gap-2">
          {progress?.state === 'running' ? <Button onClick={() => running.current?.abort()}>{t('stop')}</Button> : null}
          <Button popoverTarget={ID} popoverTargetAction="hide">
            {t('close')}
          </Button>
        </div>
      </div>
    </>
  )
}

class Busy extends Error {}

/** Reads a file as it comes, saying how many lines and bytes there are, then hands it over as a download. */
async function download(address: string, signal: AbortSignal, tell: (rows: number, bytes: number) => void): Promise<void> {
  const response = await fetch(address, { signal })
  if (response.status === 429) throw new Busy()
  if (!response.ok || !response.body) throw new Error(`status ${response.status}`)
  const pieces: Uint8Array<ArrayBuffer>[] = []
  // The first line of CSV names the columns.
  let rows = address.includes('format=csv') ? -1 : 0
  let bytes = 0
  const reader = response.body.getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value)
    bytes += piece.value.length
    for (const byte of piece.value) if (byte === 10) rows++
    tell(Math.max(rows, 0), bytes)
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(pieces, { type: response.headers.get('content-type') ?? '' }))
  link.download = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'requests'
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
