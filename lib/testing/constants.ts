export const APP_SECRET = 'a secret for tests only, of more than 32 bytes'

export const TEST_ENV = { NODE_ENV: 'test', LOG_LEVEL: 'silent', PORT: '3000', APP_SECRET, DATABASE_URL: 'postgresql://set-by-tests/' }
