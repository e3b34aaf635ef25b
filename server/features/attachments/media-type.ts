/** How many bytes from the beginning of a file tell what it is. */
export const headBytes = 512

/**
 * The media type that a file is served as. The extension proposes and the first bytes must agree; the sender's word
 * does not count. Whatever is active in a browser, unknown, or not what its name says is plain bytes: it is kept, since
 * bytes that nothing interprets harm nobody.
 */
export function mediaTypeOf(name: string, head: Uint8Array): string {
  const extension = name.match(/\.([a-z0-9]{1,10})$/i)?.[1]?.toLowerCase() ?? ''
  const known = types.get(extension)
  return known && (head.length === 0 || known.fits(head)) ? known.mediaType : 'application/octet-stream'
}

type Fits = (head: Uint8Array) => boolean

/** Bytes at an offset, written as Latin-1. */
const at =
  (offset: number, ...texts: string[]): Fits =>
  head =>
    texts.some(text => Buffer.from(text, 'latin1').equals(head.subarray(offset, offset + text.length)))

const both =
  (a: Fits, b: Fits): Fits =>
  head =>
    a(head) && b(head)
// Text has no NUL, and does not begin as a page or a picture that could run scripts.
const isText: Fits = head =>
  !head.includes(0) &&
  !/^\s*<(?:[!?]|html|head|body|script|svg|iframe)/i.test(
    Buffer.from(head)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
  )
const isZip = at(0, 'PK\x03\x04', 'PK\x05\x06')
const isOle = at(0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')
const isMp4 = at(4, 'ftyp')
const isMp3: Fits = head => at(0, 'ID3')(head) || (head[0] === 0xff && (head[1]! & 0xe0) === 0xe0)
const office = 'application/vnd.openxmlformats-officedocument'
const openDocument = 'application/vnd.oasis.opendocument'

// HTML, SVG, XML and scripts are missing on purpose: they are active.
const table: readonly (readonly [extensions: string, mediaType: string, fits: Fits])[] = [
  ['png', 'image/png', at(0, '\x89PNG\r\n\x1a\n')],
  ['jpg jpeg', 'image/jpeg', at(0, '\xff\xd8\xff')],
  ['gif', 'image/gif', at(0, 'GIF87a', 'GIF89a')],
  ['webp', 'image/webp', both(at(0, 'RIFF'), at(8, 'WEBP'))],
  ['avif', 'image/avif', at(4, 'ftypavif', 'ftypavis')],
  ['heic', 'image/heic', at(4, 'ftyphei', 'ftypmif1')],
  ['bmp', 'image/bmp', at(0, 'BM')],
  ['tif tiff', 'image/tiff', at(0, 'II*\0', 'MM\0*')],
  ['pdf', 'application/pdf', at(0, '%PDF-')],
  ['zip', 'application/zip', isZip],
  ['gz tgz', 'application/gzip', at(0, '\x1f\x8b')],
  ['7z', 'application/x-7z-compressed', at(0, "7z\xbc\xaf'\x1c")],
  ['docx', `${office}.wordprocessingml.document`, isZip],
  ['xlsx', `${office}.spreadsheetml.sheet`, isZip],
  ['pptx', `${office}.presentationml.presentation`, isZip],
  ['odt', `${openDocument}.text`, isZip],
  ['ods', `${openDocument}.spreadsheet`, isZip],
  ['odp', `${openDocument}.presentation`, isZip],
  ['doc', 'application/msword', isOle],
  ['xls', 'application/vnd.ms-excel', isOle],
  ['ppt', 'application/vnd.ms-powerpoint', isOle],
  ['mp3', 'audio/mpeg', isMp3],
  ['m4a', 'audio/mp4', isMp4],
  ['wav', 'audio/wav', both(at(0, 'RIFF'), at(8, 'WAVE'))],
  ['ogg', 'audio/ogg', at(0, 'OggS')],
  ['mp4', 'video/mp4', isMp4],
  ['mov', 'video/quicktime', isMp4],
  ['webm', 'video/webm', at(0, '\x1a\x45\xdf\xa3')],
  ['txt log', 'text/plain; charset=utf-8', isText],
  ['md', 'text/markdown; charset=utf-8', isText],
  ['csv', 'text/csv; charset=utf-8', isText],
  ['json', 'application/json', isText],
  ['ics', 'text/calendar; charset=utf-8', isText],
]
const types = new Map(
  table.flatMap(([extensions, mediaType, fits]) => extensions.split(' ').map(e => [e, { mediaType, fits }] as const)),
)
