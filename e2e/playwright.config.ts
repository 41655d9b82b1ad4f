import { defineConfig } from 'playwright/test'
import { launchOptions } from './fixtures/browser.ts'

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  testIgnore: 'screenshots/**',
  outputDir: '../test-results',
  // A server and a browser each: while one waits for a password's hash or an animation, the other has the core.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    locale: 'en-US',
    launchOptions: launchOptions(),
    screenshot: 'only-on-failure',
    // Ask for one with `--trace retain-on-failure`: taking them costs every test as much again.
    trace: 'off',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
  },
})
