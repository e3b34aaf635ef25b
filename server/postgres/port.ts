import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** The port of the last start while it is free, so that saved connection settings go on working; else a new one. */
export async function choosePort(dataDir: string): Promise<number> {
  const last = lastPort(dataDir)
  const port = last && (await isFree(last)) ? last : await anyFree()
  if (port !== last) writeFileSync(join(dataDir, 'postgres.port'), `${port}\n`)
  return port
}

function lastPort(dataDir: string): number | undefined {
  try {
    const port = Number(readFileSync(join(dataDir, 'postgres.port'), 'utf8'))
    return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : undefined
  } catch {
    return undefined
  }
}

/** A port that nothing listens on at this moment. */
export const anyFree = (): Promise<number> => listenOnce(0)

const isFree = (port: number) =>
  listenOnce(port).then(
    () => true,
    () => false,
  )

function listenOnce(port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer()
  probe.once('error', reject)
  probe.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : port))
  })
  return promise
}
