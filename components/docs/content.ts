import type { ComponentType } from 'react'
import type { Locale } from '#lib/i18n/index.ts'
import enCredentials from './content/en/credentials.mdx'
import enDomains from './content/en/domains.mdx'
import enErrors from './content/en/errors.mdx'
import enFlows from './content/en/flows.mdx'
import enLimits from './content/en/limits.mdx'
import enLocalTesting from './content/en/local-testing.mdx'
import enQuickstart from './content/en/quickstart.mdx'
import enScopes from './content/en/scopes.mdx'
import enTokens from './content/en/tokens.mdx'
import nlCredentials from './content/nl/credentials.mdx'
import nlDomains from './content/nl/domains.mdx'
import nlErrors from './content/nl/errors.mdx'
import nlFlows from './content/nl/flows.mdx'
import nlLimits from './content/nl/limits.mdx'
import nlLocalTesting from './content/nl/local-testing.mdx'
import nlQuickstart from './content/nl/quickstart.mdx'
import nlScopes from './content/nl/scopes.mdx'
import nlTokens from './content/nl/tokens.mdx'
import type { DocPage } from './pages.ts'

/** The text of each page, in each language. */
export const CONTENT: Record<Locale, Record<DocPage, ComponentType>> = {
  en: {
    quickstart: enQuickstart,
    credentials: enCredentials,
    domains: enDomains,
    scopes: enScopes,
    flows: enFlows,
    tokens: enTokens,
    errors: enErrors,
    limits: enLimits,
    'local-testing': enLocalTesting,
  },
  nl: {
    quickstart: nlQuickstart,
    credentials: nlCredentials,
    domains: nlDomains,
    scopes: nlScopes,
    flows: nlFlows,
    tokens: nlTokens,
    errors: nlErrors,
    limits: nlLimits,
    'local-testing': nlLocalTesting,
  },
}
