import dgram from 'node:dgram'
import type { AddressInfo } from 'node:net'

const txt = 16
const nameError = 3

/** A name server on this machine that knows TXT records, and of any other name says that there is none. RFC 1035. */
export async function startNameServer() {
  const records = new Map<string, string[]>()
  const socket = dgram.createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const { name, end } = readName(query, 12)
    const found = query.readUInt16BE(end) === txt ? (records.get(name.toLowerCase()) ?? []) : []
    const header = Buffer.alloc(12)
    query.copy(header, 0, 0, 2)
    header.writeUInt16BE(0x8180 | (found.length === 0 ? nameError : 0), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(found.length, 6)
    const answers = found.map(record)
    socket.send(Buffer.concat([header, query.subarray(12, end + 4), ...answers]), port, address)
  })
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    records,
    close: () => new Promise<void>(resolve => socket.close(() => resolve())),
  }
}

function readName(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = []
  let at = start
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.'), end: at + 1 }
}

// The name is a pointer to the question; the text is cut into two pieces, as long ones are.
function record(text: string): Buffer {
  const pieces = [text.slice(0, 7), text.slice(7)].map(piece =>
    Buffer.concat([Buffer.of(piece.length), Buffer.from(piece)]),
  )
  const data = Buffer.concat(pieces)
  const head = Buffer.from([0xc0, 12, 0, txt, 0, 1, 0, 0, 0, 0, 0, 0])
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
