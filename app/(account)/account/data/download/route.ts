import { downloadAccount } from '#lib/web/account/download-account.ts'

export { downloadAccount as GET }
