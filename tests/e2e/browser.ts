import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { handlers } from '#server/jobs/handlers.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { launchChromium } from '#tests/e2e/chromium.ts'
import { signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'

export type Screen = { width: number; height: number }
export const desktop: Screen = { width: 1440, height: 900 }
export const phone: Screen = { width: 390, height: 844 }

export type E2e = {
  world: World
  /** A page of its own browser profile: signed in as a person, or as nobody. It fails the test that it has faults. */
  open(path: string, options?: { as?: Person; screen?: Screen }): Promise<Page>
  /** The newest mail to somebody that has left, as text. */
  mailTo(address: string): Promise<string>
  /** Ends a test: nothing went wrong on any page that it opened, but for these answers, `412 PATCH /api/…`. */
  expectNoFaults(...but: RegExp[]): void
}

/** The real application with its worker, and a browser, for the tests of one file. */
export function startE2e(): E2e {
  let world: World
  let browser: Browser
  let worker: Awaited<ReturnType<typeof startWorker>>
  let faults: string[] = []

  // Longer than one wait for what never comes, so that it is the wait that says so.
  vi.setConfig({ testTimeout: 60_000 })
  beforeAll(async () => {
    if (!existsSync(join(import.meta.dirname, '../../web/dist/index.html')))
      throw new Error('Run `npm run build` first.')
    const [made, started] = await Promise.all([createWorld(), launchChromium()])
    world = made
    browser = started
    worker = await startWorker(world.services, handlers)
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await worker?.stop()
    await world?.close()
  }, 60_000)

  return {
    get world() {
      return world
    },
    async open(path, { as, screen = desktop } = {}) {
      const context = await browser.newContext({
        viewport: screen,
        baseURL: world.url,
        locale: 'en-GB',
        timezoneId: 'Asia/Tokyo',
      })
      // Other files run beside, and what is slow then is not wrong.
      context.setDefaultTimeout(20_000)
      if (as) {
        const { cookie } = await signedInAs(world, as)
        const [name = '', value = ''] = (cookie() ?? '').split('=')
        await context.addCookies([{ name, value, url: world.url }])
      }
      const page = await context.newPage()
      watch(page, fault => faults.push(fault))
      await page.goto(path)
      return page
    },
    async mailTo(address) {
      let text: string | undefined
      await expect.poll(async () => (text = await newestMail(world, address)), { timeout: 10_000 }).toBeDefined()
      return text!
    },
    expectNoFaults(...but) {
      const found = faults
      faults = []
      expect(found.filter(fault => !but.some(expected => expected.test(fault)))).toEqual([])
      for (const expected of but)
        expect(
          found.some(fault => expected.test(fault)),
          String(expected),
        ).toBe(true)
    },
  }
}

async function newestMail({ services }: World, address: string): Promise<string | undefined> {
  const folder = join(services.config.dataDir, 'mail')
  const names = await readdir(folder).catch(() => [])
  for (const name of names.toSorted().reverse()) {
    const mail = await readFile(join(folder, name), 'utf8')
    // Long lines are broken with a "=" at their end (quoted-printable).
    if (mail.includes(address)) return mail.replace(/=\r?\n/g, '').replaceAll('=3D', '=')
  }
  return undefined
}

// What a console says of an answer is known from the answer itself, with its address.
function watch(page: Page, report: (fault: string) => void): void {
  page.on('console', message => {
    const text = message.text()
    if (['error', 'warning'].includes(message.type()) && !text.startsWith('Failed to load resource')) report(text)
  })
  page.on('pageerror', error => report(String(error)))
  page.on('requestfailed', request => {
    const why = request.failure()?.errorText
    if (why !== 'net::ERR_ABORTED') report(`${why} ${request.method()} ${request.url()}`)
  })
  page.on('response', response => {
    const { pathname } = new URL(response.url())
    const isWhoAmI = response.status() === 401 && pathname === '/api/session'
    if (response.status() >= 400 && !isWhoAmI) report(`${response.status()} ${response.request().method()} ${pathname}`)
  })
}
