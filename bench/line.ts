import { connect, type Socket } from 'node:net'

/** Status 0: the connection broke before the answer was whole. */
export type Reply = { status: number; retryAfter: boolean }
export type Line = { send(request: Buffer, done: (reply: Reply) => void): void; close(): void }

/**
 * One HTTP connection that is kept alive, for one request at a time. It reads no more of an answer than its end, because
 * whatever the load generator costs is taken from the servers that it measures.
 */
export function openLine(port: number): Line {
  const buffer = Buffer.allocUnsafe(65_536)
  let socket: Socket | undefined
  let done: ((reply: Reply) => void) | undefined
  let head = ''
  let status = 0
  let bytes = 0
  /** Bytes of the body that are missing; undefined before the head is whole. */
  let left: number | undefined
  let closes = false
  let retryAfter = false

  return {
    send(request, whenDone) {
      done = whenDone
      head = ''
      left = undefined
      bytes = 0
      socket ??= open()
      socket.write(request)
    },
    close() {
      done = undefined
      socket?.destroy()
      socket = undefined
    },
  }

  function open(): Socket {
    const opened = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback: read } })
    const lost = () => {
      if (socket !== opened) return
      socket = undefined
      // Without a length, the end of the connection is the end of the answer.
      if (left === Number.POSITIVE_INFINITY) answer(status)
      else if (done) answer(0)
    }
    return opened.on('error', () => undefined).on('close', lost)
  }

  function read(size: number): boolean {
    bytes += size
    if (left === undefined) {
      head += buffer.toString('latin1', 0, size)
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return true
      readHead(head.slice(0, end))
      left! -= bytes - end - 4
    } else {
      left -= size
    }
    if (left === 0) answer(status)
    return true
  }

  function readHead(text: string): void {
    status = Number(text.slice(9, 12))
    closes = /\r\nconnection: close/i.test(text)
    retryAfter = status === 503 && /\r\nretry-after: /i.test(text)
    const length = text.match(/\r\ncontent-length: (\d+)/i)?.[1]
    left = length !== undefined ? Number(length) : status === 204 ? 0 : Number.POSITIVE_INFINITY
  }

  function answer(result: number): void {
    if (closes || result === 0) {
      socket?.destroy()
      socket = undefined
      closes = false
    }
    const told = done
    done = undefined
    told?.({ status: result, retryAfter })
  }
}

type Request = { method?: string; path: string; host?: string; authorization: string; body?: unknown }

/** The bytes of a request. */
export function requestBytes({ method = 'GET', path, host = '127.0.0.1', authorization, body }: Request): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body)
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: ${authorization}`,
    ...(text ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`] : []),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
