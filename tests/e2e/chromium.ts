import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
// A browser that calls nobody but the page under test.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser of this machine, or the one that comes with the packages; `KONTOR_TEST_BROWSER` names another. */
export async function launchChromium(): Promise<Browser> {
  const found = process.env.KONTOR_TEST_BROWSER ?? installed.find(path => existsSync(path))
  return chromium.launch({ executablePath: found ?? (await unpackChromium()), args })
}

// The package unpacks the libraries that a bare machine lacks only where it believes to be on AWS Lambda. Its own
// arguments are not used: they switch web security off.
async function unpackChromium(): Promise<string> {
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x'
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } finally {
    delete process.env.AWS_EXECUTION_ENV
  }
}
