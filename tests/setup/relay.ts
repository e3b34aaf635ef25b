import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { type ReadMail, readMail } from '#tests/setup/read-mail.ts'

export type Delivery = ReadMail & { from: string; to: string[]; secure: boolean; user: string | undefined; raw: string }

export type Relay = {
  /** For KONTOR_SMTP_URL. */
  url: string
  deliveries: Delivery[]
  /** How many connections were opened. */
  sessions(): number
  /** Every address that was named as a recipient, refused ones included. */
  asked: string[]
  /** Cuts every connection that is open. */
  cut(): void
  close(): Promise<void>
}

/** What a relay answers: an SMTP answer such as `550 5.1.1 no such user`, or nothing for "yes". */
type Answers = {
  onSender?(address: string): string | undefined
  onRecipient?(address: string): string | undefined
  /** `cut`: takes the message, and is gone before it says so. */
  onMessage?(mail: ReadMail): string | undefined | 'cut'
  options?: SMTPServerOptions
}

/** A real SMTP server on a port of its own. */
export async function openRelay({ onSender, onRecipient, onMessage, options }: Answers = {}): Promise<Relay> {
  const deliveries: Delivery[] = []
  const asked: string[] = []
  let sessions = 0
  const cut = () => {
    for (const { _socket: socket } of server.connections) socket.destroy()
  }
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 500,
    hideSTARTTLS: true,
    onConnect(_session, done) {
      sessions++
      done()
    },
    onMailFrom: ({ address }, _session, done) => done(errorOf(onSender?.(address))),
    onRcptTo({ address }, _session, done) {
      asked.push(address)
      done(errorOf(onRecipient?.(address)))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        const mail = readMail(raw)
        const answer = onMessage?.(mail)
        if (answer === undefined || answer === 'cut') deliveries.push({ ...mail, ...factsOf(session), raw })
        if (answer === 'cut') return cut()
        done(errorOf(answer))
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    url: `${options?.secure ? 'smtps' : 'smtp'}://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    deliveries,
    asked,
    sessions: () => sessions,
    cut,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

function factsOf({ envelope, secure, user }: SMTPServerSession) {
  const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
  return { from, to: envelope.rcptTo.map(({ address }) => address), secure, user }
}

function errorOf(answer: string | undefined): Error | null {
  if (answer === undefined) return null
  return Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) })
}
