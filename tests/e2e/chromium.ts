import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  return found ? chromium.launch({ executablePath: found, args }) : launchPacked()
}

/** Its own arguments are not used: they switch web security off. */
export async function launchPacked(): Promise<Browser> {
  const folder = await unpack()
  const env = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') }
  return chromium.launch({ executablePath: join(folder, 'chromium'), args, env: { ...process.env, ...env } })
}

// Beside its place and then renamed, so that test files that run at once, or a run that was killed, leave it whole.
async function unpack(): Promise<string> {
  const folder = join(process.env.TESTS_ON_DISK ?? tmpdir(), 'kontor-test-chromium')
  if (existsSync(folder)) return folder
  const part = mkdtempSync(`${folder}-`)
  const { TMPDIR } = process.env
  // It unpacks into the temporary folder, and the libraries that a bare machine lacks only on AWS Lambda.
  Object.assign(process.env, { TMPDIR: part, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' })
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
    renameSync(part, folder)
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  } finally {
    delete process.env.AWS_EXECUTION_ENV
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
  return folder
}
