/** A mail as a mail program reads it: RFC 5322 and 2045 to 2047, as far as mails of ours use them. */
export type ReadMail = { headers: Record<string, string>; names: string[]; text: string; html: string }

export function readMail(raw: string): ReadMail {
  const { headers, names, body } = split(raw)
  const boundary = headers['content-type']?.match(/^multipart\/alternative;.*boundary="?([^";]+)"?/s)?.[1]
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map(part => split(part.replace(/^\r\n|\r\n$/g, '')))
    : [{ headers, body }]
  const find = (type: string) => {
    const part = parts.find(each => each.headers['content-type']?.startsWith(type))
    return part ? decodeBody(part.body, part.headers['content-transfer-encoding']) : ''
  }
  return { headers, names, text: find('text/plain'), html: find('text/html') }
}

function split(raw: string): { headers: Record<string, string>; names: string[]; body: string } {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const pairs = lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1)])
  const headers = Object.fromEntries(pairs.map(([name, value]) => [name, decodeWords(value!.trim())]))
  return { headers, names: pairs.map(([name]) => name!), body: raw.slice(end + 4) }
}

// RFC 2047: the space between two encoded words is not part of the text.
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi, run =>
      Buffer.concat(run.split(/(?<=\?=)(?==\?)/).map(decodeWord)).toString(),
    )
}

function decodeWord(word: string): Buffer {
  const [, , kind = '', content = ''] = word.split('?')
  return kind.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quoted(content.replaceAll('_', ' '))
}

function quoted(text: string): Buffer {
  const bytes = text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}

function decodeBody(body: string, encoding = '7bit'): string {
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString() : body
  const plain = encoding === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, '')).toString() : text
  return plain.replaceAll('\r\n', '\n')
}
