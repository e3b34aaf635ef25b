import http from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { path: string; headers: http.IncomingHttpHeaders; body: string }
type Answer = number | { status: number; body: string }

/** A receiver of webhooks on this machine: a real HTTP server. `answer` decides on the answer to each post. */
export async function startReceiver(
  answer: (received: Received, count: number) => Answer | Promise<Answer> = () => 204,
) {
  const received: Received[] = []
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
    received.push(one)
    const answered = await answer(one, received.length)
    const { status, body } = typeof answered === 'number' ? { status: answered, body: undefined } : answered
    response.writeHead(status, status >= 300 && status < 400 ? { Location: '/elsewhere' } : {}).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}
