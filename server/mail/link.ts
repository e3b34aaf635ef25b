import type { Config } from '#server/config/config.ts'
import { oneLine } from '#server/mail/one-line.ts'

/** An address of the web client, for mails. From the configuration only: a request's Host header is anyone's to choose. */
export function linkTo(config: Config, path: string): string {
  return new URL(path, originOf(config)).href
}

/** Where people find this Kontor. */
export function originOf({ publicUrl, host, port }: Config): string {
  return publicUrl?.origin ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

const longestName = 60

/**
 * A name in a mail: on one line, short, and nothing that a mail program would make a link of. People and workspaces can
 * call themselves anything, and a mail of ours must not carry somebody to where they want them.
 */
export function nameInMail(name: string, longest = longestName): string {
  const words = oneLine(name, 500).split(' ')
  const harmless = words.map(word => (isAddress(word) ? '…' : word)).join(' ')
  // The space without width after a dot is not seen; a program that looks for addresses sees two words.
  return oneLine(harmless, longest).replace(/([.@。．｡])(?=\S)/gu, '$1\u200b')
}

function isAddress(word: string): boolean {
  return /[:/\\]{2}/.test(word) || /^\P{L}*www[.。．｡]/iu.test(word) || /[.。．｡].*[/?#]/u.test(word)
}
