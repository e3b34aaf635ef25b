import { Readable } from 'node:stream'
import { crc32, deflateSync } from 'node:zlib'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Studio } from '#server/demo/fill-studio.ts'
import type { Who } from '#server/demo/studio.ts'

/** A few small files, of which each is what its name says. */
export async function fillFiles(studio: Studio): Promise<void> {
  await attach(studio, 'ines', {
    to: 'Draw the mark',
    name: 'fjord-mark.svg',
    mediaType: 'image/svg+xml',
    content: Buffer.from(mark),
  })
  await attach(studio, 'ines', {
    to: 'Colours that pass contrast on snow photographs',
    name: 'palette.png',
    mediaType: 'image/png',
    content: palette(),
  })
  await attach(studio, 'ada', {
    to: 'Workshop with the brewers',
    name: 'workshop-notes.txt',
    mediaType: 'text/plain',
    content: Buffer.from(minutes),
  })
}

type NewFile = { to: string; name: string; mediaType: string; content: Buffer }

async function attach(
  { as, taskOf, memberOf, services, workspace }: Studio,
  who: Who,
  { to, name, mediaType, content }: NewFile,
): Promise<void> {
  const id = uuid7()
  const { sizeBytes, sha256 } = await services.storage.keep(workspace, id, Readable.from([content]), content.length)
  await as(who, db =>
    db.insert('attachment', {
      id,
      task_id: taskOf.get(to)!.id,
      creator_id: memberOf[who],
      name,
      media_type: mediaType,
      size_bytes: sizeBytes,
      sha256,
    }),
  )
}

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="384" height="384">
  <rect width="96" height="96" rx="16" fill="#0b3954"/>
  <path d="M20 62 40 26l12 20 8-12 16 28" fill="none" stroke="#e0fbfc" stroke-width="6" stroke-linejoin="round"/>
  <path d="M16 72q8-6 16 0t16 0 16 0 16 0" fill="none" stroke="#98c1d9" stroke-width="5" stroke-linecap="round"/>
</svg>
`

const minutes = `Workshop with De Kaap

Present: Pieter, two brewers, Ada, Joris

- Most orders come from restaurants, by phone, on Monday.
- People ask which beer goes with which dish. The site should answer that.
- Nobody reads the news page.
- Spring beer is bottled in week 14: launch before that.
`

/** Five stripes of colour as a PNG of 200 × 60 pixels (https://www.w3.org/TR/png-3/). */
function palette(): Buffer {
  const colors = [0x0b3954, 0x3d5a80, 0x98c1d9, 0xe0fbfc, 0xee6c4d]
  const [width, height] = [200, 60]
  const line = Buffer.alloc(1 + width * 3)
  for (let x = 0; x < width; x++) line.writeUIntBE(colors[Math.floor((x * colors.length) / width)]!, 1 + x * 3, 3)
  const header = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
