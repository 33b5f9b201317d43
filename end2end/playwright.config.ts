import { defineConfig } from '@playwright/test';
import type { StoreOptions } from './store';

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

// A test runs at both widths with scripts; tagged `@no-script`, once more without them; tagged
// `@no-script-only`, without them alone.
const withScript = { grepInvert: /@no-script-only/ };

export default defineConfig<object, StoreOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  forbidOnly: true,
  workers: 2,
  retries: 0,
  reporter: 'list',
  // A whole purchase has some forty steps; a busy machine takes its time.
  timeout: 120_000,
  // Nothing waits so long where it comes at once; what never comes fails all the same.
  expect: { timeout: 20_000 },
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    launchOptions: {
      // Debian's Chromium without windows around its pages, which take a third of the time.
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', ...withScript, use: { viewport: desktop } },
    {
      name: 'phone',
      ...withScript,
      use: { viewport: phone, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
    { name: 'no-script', grep: /@no-script/, use: { viewport: desktop, javaScriptEnabled: false } },
  ],
});
