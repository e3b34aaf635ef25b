import type { Readable } from 'node:stream'

/**
 * Waits until a stream has its first bytes, or none: what cannot be read at all is a problem like any other, with its
 * status and without the headers of a file. What breaks later can only break the connection.
 */
export function begun(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      stream.off('readable', begin).off('error', fail).off('close', begin)
      done()
    }
    const begin = () => settle(resolve)
    const fail = (error: Error) => settle(() => reject(error))
    stream.on('readable', begin).on('error', fail).on('close', begin)
  })
}
