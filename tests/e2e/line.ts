import { once } from 'node:events'
import net from 'node:net'

/** The line between a browser and the server, which can be cut and mended; `url` leads over it. */
export async function startLine(target: string) {
  const { port } = new URL(target)
  const open = new Set<net.Socket>()
  const server = net.createServer(here => {
    const there = net.connect(Number(port), '127.0.0.1')
    for (const [socket, other] of [
      [here, there],
      [there, here],
    ] as const) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  const listen = async (at: number) => once(server.listen(at, '127.0.0.1'), 'listening')
  const cut = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of open) socket.destroy()
    await closed
  }
  await listen(0)
  const own = (server.address() as net.AddressInfo).port
  return { url: `http://127.0.0.1:${own}`, cut, mend: () => listen(own) }
}
