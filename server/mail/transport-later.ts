import type { Config } from '#server/config/config.ts'
import type { MailTransport } from '#server/mail/transport.ts'

/** The same, opened with the first mail: a process that sends none needs no memory for what could. */
export function openMailTransportLater(config: Config): MailTransport {
  let opened: Promise<MailTransport> | undefined
  return {
    async send(message, signal) {
      opened ??= import('#server/mail/transport.ts').then(({ openMailTransport }) => openMailTransport(config))
      await (await opened).send(message, signal)
    },
    close: () => void opened?.then(transport => transport.close()),
  }
}
