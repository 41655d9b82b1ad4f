export { authGet as GET, authPost as POST } from '#lib/web/auth/handler.ts'
