import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Config } from '#server/config/config.ts'
import { smtpOptions } from '#server/config/smtp.ts'
import { openMailFolder } from '#server/mail/mail-folder.ts'

export type MailTransport = {
  /** Resolves once the message is taken over. */
  send(message: SendMailOptions, signal: AbortSignal): Promise<void>
  close(): void
}

/** How mail leaves: by the relay of the configuration, over connections that are kept for a while, or into a folder. */
export function openMailTransport(config: Config, waits: Partial<typeof waitsMs> = {}): MailTransport {
  return config.smtpUrl ? openRelay(config.smtpUrl, { ...waitsMs, ...waits }) : openMailFolder(config)
}

// Nodemailer's own are minutes. How long one mail may take altogether is for the job to say.
const waitsMs = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

function openRelay(url: URL, waits: typeof waitsMs): MailTransport {
  const transport = createTransport({
    ...smtpOptions(url),
    pool: true,
    // As many as one worker runs jobs.
    maxConnections: 4,
    maxMessages: 100,
    // Only where the relay closed a connection that was idle, before it got a byte of the message.
    maxRequeues: 1,
    idleTimeout: 20_000,
    ...waits,
  })
  // Each send is told of its own failure; without a listener the same error would end the process.
  transport.on('error', () => undefined)
  return {
    async send(message, signal) {
      await transport.sendMail({ ...message, signal })
    },
    close: () => transport.close(),
  }
}

/** Connects and signs in as for a mail, and sends none. @throws why it would not be taken. */
export async function checkRelay(url: URL): Promise<void> {
  const transport = createTransport({
    ...smtpOptions(url),
    ...waitsMs,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
  })
  await transport.verify().finally(() => transport.close())
}
