import { exportInstallationAudit } from '#lib/web/teams/export-audit.ts'

export const dynamic = 'force-dynamic'

export const GET = exportInstallationAudit
