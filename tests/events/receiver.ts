import http from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { path: string; headers: http.IncomingHttpHeaders; body: string }

/** A receiver of webhooks on this machine: a real HTTP server. `answer` decides on the status of each post. */
export async function startReceiver(
  answer: (received: Received, count: number) => number | Promise<number> = () => 204,
) {
  const received: Received[] = []
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
    received.push(one)
    const status = await answer(one, received.length)
    response.writeHead(status, status >= 300 && status < 400 ? { Location: '/elsewhere' } : {}).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}
