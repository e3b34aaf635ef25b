/** What stands in an exported event's line between its values, and what its leaf begins and ends its parts with. */
const bytes = (text: string) => Buffer.from(text)
export const lineBegins = bytes('{"index":')
export const pruneBegins = bytes('{"action":"audit.pruned"')
export const eventBegins = bytes(',"event":')
export const saltsBegin = bytes('},"salts":{')
export const changePrefix = bytes('changes.')
export const colonBetween = bytes('":"')
export const saltEnds = bytes('=="')
export const lineEnds = bytes('}}')
export const fieldsBegin = bytes(',"fields":{')
export const leafEnds = bytes(',"v":1}')
export const erasedChange = bytes('{"erased":')
export const nothing = bytes('null')
export const [quote, backslash, comma, colon, opening, closing, lineBreak] = [0x22, 0x5c, 0x2c, 0x3a, 0x7b, 0x7d, 0x0a]

/** By character; 255 for what is none of base64. */
export const base64Values = new Uint8Array(256).fill(255)
for (const [value, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  base64Values[character.charCodeAt(0)] = value

/** The first bytes of a buffer. To make a view takes as long as to hash its bytes, so those of usual lengths are kept. */
export function beginnings(buffer: Buffer): (length: number) => Buffer {
  const views = new Array<Buffer | undefined>(4096).fill(undefined)
  return length => {
    if (length >= views.length) return buffer.subarray(0, length)
    const view = views[length] ?? buffer.subarray(0, length)
    views[length] = view
    return view
  }
}

export type Member = { key: Uint8Array; kind: 'fact' | 'field' | 'changes' | 'erased' }
/** An event's members in the order of an exported line, each with what stands before its value. */
export const members: readonly Member[] = (
  [
    ['{"action":', 'fact'],
    [',"address":', 'field'],
    [',"at":', 'fact'],
    [',"changes":{', 'changes'],
    [',"entity":', 'fact'],
    [',"entityId":', 'fact'],
    [',"erased":[]', 'erased'],
    [',"id":', 'fact'],
    [',"job":', 'fact'],
    [',"memberId":', 'fact'],
    [',"memberName":', 'field'],
    [',"projectId":', 'fact'],
    [',"reason":', 'field'],
    [',"requestId":', 'fact'],
    [',"taskId":', 'fact'],
    [',"tokenId":', 'fact'],
    [',"tokenName":', 'field'],
  ] as const
).map(([key, kind]) => ({ key: bytes(key), kind }))
