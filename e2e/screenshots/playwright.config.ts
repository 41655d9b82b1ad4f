import base from '../playwright.config.ts'

/** npm run screenshots: pictures of every page into test-results/screenshots, for people to look at. Not part of `npm test`. */
export default {
  ...base,
  testDir: '.',
  testMatch: '**/*.shots.ts',
  testIgnore: undefined,
  outputDir: '../../test-results',
  timeout: 300_000,
}
