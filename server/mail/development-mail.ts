import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Config, isLoopback } from '#server/config/config.ts'
import { problem } from '#server/http/problems.ts'

/** `/dev/mail`: the mails that went to the data folder, newest first. Only without SMTP and only on this machine. */
export function serveDevelopmentMail(app: FastifyInstance, config: Config): void {
  if (config.smtpUrl || !isLoopback(config.host)) return
  const folder = join(config.dataDir, 'mail')
  const names = async () =>
    (await readdir(folder).catch(() => []))
      .filter(name => name.endsWith('.eml'))
      .sort()
      .reverse()
  app.get('/dev/mail', async (_request, reply) => {
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
    const { name } = request.params as { name: string }
    if (!(await names()).includes(name)) throw problem('not-found')
    return reply.type('text/plain; charset=utf-8').send(await readFile(join(folder, name), 'utf8'))
  })
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`)
}
