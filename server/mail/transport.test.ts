import { createServer, type Socket } from 'node:net'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkRelay, openMailTransport } from '#server/mail/transport.ts'
import { localhost } from '#tests/setup/certificate.ts'
import { openRelay } from '#tests/setup/relay.ts'
import { testConfig } from '#tests/setup/world.ts'

const open: { close(): unknown }[] = []
const trusted = tls.getCACertificates('default')
beforeAll(() => tls.setDefaultCACertificates([...trusted, localhost.cert]))
afterAll(() => tls.setDefaultCACertificates(trusted))
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const message = { from: 'kontor@example.eu', to: 'mia@acme.example', subject: 'Hello', text: 'Hello' }
const encrypted = { ...localhost, hideSTARTTLS: false }
const signIn = {
  authOptional: false,
  onAuth: ({ username, password }, _session, done) =>
    username === 'kontor@x' && password === 'p/a:s%s'
      ? done(null, { user: username })
      : done(Object.assign(new Error('5.7.8 wrong'), { responseCode: 535 })),
} satisfies NonNullable<Parameters<typeof openRelay>[0]>['options']
const login = 'kontor%40x:p%2Fa%3As%25s@'

function send(url: string, waits?: Parameters<typeof openMailTransport>[1], signal = AbortSignal.timeout(20_000)) {
  const transport = openMailTransport(testConfig('/nonexistent', { KONTOR_SMTP_URL: url }), waits)
  open.push(transport)
  return transport.send(message, signal)
}

async function relayWith(options: NonNullable<Parameters<typeof openRelay>[0]>['options']) {
  const relay = await openRelay({ options })
  open.push(relay)
  return relay
}

test('a relay without encryption takes mail, unless the URL requires it: then nothing is said to it', async () => {
  const relay = await relayWith({ disabledCommands: ['STARTTLS'] })
  await expect(send(`${relay.url}?requireTLS=true`)).rejects.toMatchObject({ code: 'ETLS' })
  expect(relay.asked).toEqual([])
  await send(relay.url)
  expect(relay.deliveries).toMatchObject([{ secure: false }])
})

test('STARTTLS is used where it is offered, without being asked for', async () => {
  const relay = await relayWith(encrypted)
  await send(relay.url)
  await send(`${relay.url}?requireTLS=true`)
  await send(`${relay.url}?ignoreTLS=true`)
  expect(relay.deliveries.map(({ secure }) => secure)).toEqual([true, true, false])
})

test('smtps:// speaks TLS from the first byte', async () => {
  const relay = await relayWith({ ...localhost, secure: true })
  await send(relay.url)
  expect(relay.deliveries).toMatchObject([{ secure: true }])
})

test('a certificate that nobody vouches for is refused, and the password is not said', async () => {
  // What smtp-server shows by itself: expired, and signed by nobody.
  const relay = await relayWith({ hideSTARTTLS: false, ...signIn })
  await expect(send(relay.url.replace('//', `//${login}`))).rejects.toThrow(/certificate/)
  expect(relay.asked).toEqual([])
})

test('user and password are decoded and said over TLS; wrong ones are refused', async () => {
  const relay = await relayWith({ ...encrypted, ...signIn })
  await send(`${relay.url.replace('//', `//${login}`)}?requireTLS=true`)
  expect(relay.deliveries).toMatchObject([{ user: 'kontor@x', secure: true }])
  await expect(send(relay.url.replace('//', '//kontor%40x:wrong@'))).rejects.toMatchObject({
    code: 'EAUTH',
    responseCode: 535,
  })
  await expect(send(relay.url)).rejects.toMatchObject({ responseCode: 530 })
})

/** A server that says what it is told to, whenever, and no more. */
async function speaking(speak: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    speak(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  })
  return `smtp://127.0.0.1:${(server.address() as { port: number }).port}`
}

test('a server that says nothing is left after the time for a greeting', async () => {
  const url = await speaking(() => undefined)
  await expect(send(url, { greetingTimeout: 100 })).rejects.toMatchObject({ code: 'ETIMEDOUT' })
})

test('a server that greets and then falls silent is left, too', async () => {
  const url = await speaking(socket => socket.write('220 hello\r\n'))
  await expect(send(url, { socketTimeout: 100 })).rejects.toMatchObject({ code: 'ETIMEDOUT' })
})

test('a server that drips an answer for ever is left when the time for the mail is over', async () => {
  const url = await speaking(socket => {
    socket.write('220 hello\r\n')
    const drip = setInterval(() => socket.write('250-again\r\n'), 20)
    socket.on('close', () => clearInterval(drip))
  })
  await expect(send(url, {}, AbortSignal.timeout(300))).rejects.toMatchObject({ name: 'AbortError' })
})

test('a server that hangs up in the middle of the message fails that mail', async () => {
  const url = await speaking(socket => {
    socket.write('220 hello\r\n')
    socket.on('data', data => {
      if (/^DATA/m.test(data.toString())) return socket.write('354 go on\r\n', () => socket.destroy())
      return socket.write('250 fine\r\n')
    })
  })
  await expect(send(url)).rejects.toMatchObject({ code: expect.stringMatching(/ECONNECTION|ESOCKET/) })
})

test('a server whose answers never end is not read for ever', async () => {
  const url = await speaking(socket => socket.write(`220-${'x'.repeat(2_000_000)}`))
  await expect(send(url)).rejects.toThrow()
})

test('a check of the relay signs in and sends nothing', async () => {
  const relay = await relayWith({ ...encrypted, ...signIn })
  await checkRelay(new URL(relay.url.replace('//', `//${login}`)))
  await expect(checkRelay(new URL(relay.url.replace('//', '//kontor%40x:wrong@')))).rejects.toMatchObject({
    code: 'EAUTH',
  })
  await relay.close()
  await expect(checkRelay(new URL(relay.url))).rejects.toThrow(/ECONNREFUSED/)
  expect(relay.deliveries).toEqual([])
})
