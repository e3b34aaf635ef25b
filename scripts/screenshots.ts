import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { createClient } from '#client'
import { launchChromium } from '#tests/e2e/chromium.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/screenshots')
const port = 8791
const url = `http://127.0.0.1:${port}`
const screens = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

/** `npm run screenshots`: the pictures of the documentation, taken from the running product with its demo. */
const dataDir = mkdtempSync(join(tmpdir(), 'kontor-screenshots-'))
const env = { PATH: process.env.PATH, HOME: process.env.HOME, KONTOR_DATA_DIR: dataDir, KONTOR_PORT: String(port) }
const server = spawn(process.execPath, [join(root, 'server/cli/main.ts'), 'serve', '--demo'], {
  env: { ...env, KONTOR_LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = new Promise(resolve => server.once('exit', resolve))
try {
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk: Buffer) => String(chunk).includes('ready at') && resolve())
    server.once('exit', code => reject(new Error(`the server ended with ${code}`)))
  })
  mkdirSync(folder, { recursive: true })
  await takeAll()
} finally {
  server.kill('SIGTERM')
  await ended
  rmSync(dataDir, { recursive: true, force: true })
}

async function takeAll(): Promise<void> {
  const cookie = await signIn()
  const api = createClient({ baseUrl: url, headers: () => ({ Cookie: cookie }) })
  const { items } = await api.listTasks({ path: { workspace: 'demo' }, query: { q: 'shop', limit: 1 } })
  const pages = {
    board: '/w/demo/projects/KAAP?layout=board',
    list: '/w/demo/projects/KAAP',
    task: `/w/demo/tasks/${items[0]?.id}`,
    time: '/w/demo/time',
    audit: '/w/demo/audit',
  }
  const browser = await launchChromium()
  for (const [screen, viewport] of Object.entries(screens)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', baseURL: url })
      const [name = '', value = ''] = cookie.split('=')
      await context.addCookies([{ name, value, url }])
      const page = await context.newPage()
      for (const [what, path] of Object.entries(pages)) {
        await open(page, path)
        const suffix = screen === 'phone' ? '-phone' : ''
        await page.screenshot({ path: join(folder, `${what}-${colorScheme}${suffix}.png`) })
      }
      await context.close()
    }
  }
  await browser.close()
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('main').getByRole('heading').first().waitFor()
  // What is still loading shows as a skeleton.
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.evaluate(() => document.fonts.ready)
}

async function signIn(): Promise<string> {
  const password = readFileSync(join(dataDir, 'demo-sign-in'), 'utf8').match(/[a-z]+(?:-[a-z0-9]+){3,}/)?.[0]
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ email: 'ada@demo.example', password }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new Error(`signing in was answered with ${answer.status}`)
  return cookie
}
