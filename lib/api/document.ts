import { singleton } from '#lib/registry.ts'
import { createApp } from './app.ts'
import { type OpenApiDocument, openApiDocument } from './openapi.ts'

/** What `/api/openapi.json` answers, as an object: for the pages that show it. */
export function apiDocument(): OpenApiDocument {
  return singleton('api.document', () => openApiDocument(createApp()))
}
