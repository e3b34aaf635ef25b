import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Config, isForThisMachineOnly, isLoopback } from '#server/config/config.ts'
import { problem } from '#server/http/problems.ts'

/**
 * `/dev/mail`: the mails that went to the data folder, newest first, codes and links included. Only without SMTP, and
 * only where nobody but this machine can use the server: behind a proxy too, what listens on loopback is published.
 */
export function serveDevelopmentMail(app: FastifyInstance, config: Config): void {
  if (config.smtpUrl || !isForThisMachineOnly(config)) return
  const folder = join(config.dataDir, 'mail')
  const names = async () =>
    (await readdir(folder).catch(() => []))
      .filter(name => name.endsWith('.eml'))
      .sort()
      .reverse()
  app.get('/dev/mail', async (request, reply) => {
    refuseOtherNames(request)
    const mails = await Promise.all(
      (await names())
        .slice(0, 50)
        .map(
          async name =>
            `<article><h2><a href="/dev/mail/${encodeURIComponent(name)}">${escapeHtml(name)}</a></h2><pre>${escapeHtml(await readFile(join(folder, name), 'utf8'))}</pre></article>`,
        ),
    )
    return reply
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mail</title><meta name="viewport" content="width=device-width"><main><h1>Mail that Kontor would have sent</h1>${mails.join('') || '<p>None yet.</p>'}</main></html>`,
      )
  })
  app.get('/dev/mail/:name', async (request, reply) => {
    refuseOtherNames(request)
    const { name } = request.params as { name: string }
    if (!(await names()).includes(name)) throw problem('not-found')
    return reply.type('text/plain; charset=utf-8').send(await readFile(join(folder, name), 'utf8'))
  })
}

// A page of another site can have its own name lead to this machine (DNS rebinding), and then read what it gets; and a
// proxy that nobody told us of passes on the name that people typed.
function refuseOtherNames({ hostname, headers }: FastifyRequest): void {
  const isPassedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'].some(name => headers[name] !== undefined)
  if (isPassedOn || !isLoopback(hostname)) throw problem('not-found', 'There is nothing at this address.')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`)
}
