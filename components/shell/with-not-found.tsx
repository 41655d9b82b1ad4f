import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { answersNotFound } from '#lib/web/not-found.ts'
import { DashboardNotFound } from './not-found-state.tsx'

/**
 * A page or layout that shows `Missing` when it comes upon `notFound()`. Next itself would answer with an empty document that only JavaScript
 * fills: React renders no error boundary on the server, and that is what a `not-found` file is.
 */
export function withNotFound<Props>(
  Component: (props: Props) => ReactNode | Promise<ReactNode>,
  Missing: () => ReactNode | Promise<ReactNode> = DashboardNotFound,
): (props: Props) => Promise<ReactNode> {
  return async (props) => {
    try {
      return await Component(props)
    } catch (error) {
      if (await answersNotFound(error)) return <Missing />
      throw error
    }
  }
}

/** The metadata of such a page: where it comes upon `notFound()`, the title says so. */
export function withNotFoundTitle<Props>(metadata: (props: Props) => Promise<Metadata>): (props: Props) => Promise<Metadata> {
  return async (props) => {
    try {
      return await metadata(props)
    } catch (error) {
      if (!(await answersNotFound(error))) throw error
      return { title: (await getTranslations('errors.notFound'))('title'), robots: 'noindex' }
    }
  }
}
