import { randomUUID } from 'node:crypto'
import { link, mkdir, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Config } from '#server/config/config.ts'
import type { MailTransport } from '#server/mail/transport.ts'

/** Each mail becomes `<data>/mail/<time>-<to>.eml`: for a machine without a relay, and for those who try things out. */
export function openMailFolder({ dataDir }: Config): MailTransport {
  const folder = join(dataDir, 'mail')
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    async send(message) {
      const { message: content } = await composer.sendMail(message)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const part = join(folder, `.${randomUUID()}`)
      await writeFile(part, content as Buffer, { mode: 0o600 })
      try {
        await putInPlace(part, folder, nameOf(message))
      } finally {
        await unlink(part)
      }
    },
    close: () => undefined,
  }
}

// Whole or not at all, and never over another: two mails to one address may be of the same moment.
async function putInPlace(part: string, folder: string, name: string): Promise<void> {
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? `${name}.eml` : `${name}-${number}.eml`)
    try {
      return await link(part, path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

// An address can be as long as a file name may be altogether.
function nameOf({ date, to }: SendMailOptions): string {
  const { address } = to as { address: string }
  const time = (date as Date).toISOString().replace(/[:.]/g, '-')
  return `${time}-${address.replace(/[^a-z0-9@._+-]/gi, '_').slice(0, 150)}`
}
