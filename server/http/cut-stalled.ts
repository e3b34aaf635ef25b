import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

const everyMs = 250
const patienceMs = 3_000
/** Before the process ends itself after 25 seconds, without having let go of the database. */
const longestMs = 20_000

/**
 * While the server stops, answers go on as long as their clients go on reading. Who has stopped would hold it up until
 * the connection times out: after 3 seconds the transfer is cut, and its client sees that it is not whole.
 */
export function cutStalled(app: FastifyInstance): void {
  const server: Server = app.server
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.addHook('preClose', async () => {
    const cut = cutter(sockets)
    const looking = setInterval(() => {
      // Node closes those that are idle when the server stops, and not those that become so: they would stay a minute.
      server.closeIdleConnections()
      cut()
    }, everyMs)
    const last = setTimeout(() => server.closeAllConnections(), longestMs)
    server.once('close', () => {
      clearInterval(looking)
      clearTimeout(last)
    })
  })
}

/** A request that is still worked on has nothing to be read, so it is left alone. */
function cutter(sockets: ReadonlySet<Socket>): () => void {
  const stalls = new WeakMap<Socket, { sent: number; since: number }>()
  return () => {
    for (const socket of sockets) {
      if (socket.writableLength === 0) continue
      const sent = socket.bytesWritten - socket.writableLength
      const stall = stalls.get(socket)
      if (stall?.sent !== sent) stalls.set(socket, { sent, since: performance.now() })
      else if (performance.now() - stall.since >= patienceMs) socket.destroy()
    }
  }
}
