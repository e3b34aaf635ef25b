import type { Config } from '#server/config/config.ts'

/** An address of the web client, for mails. From the configuration only: a request's Host header is anyone's to choose. */
export function linkTo({ publicUrl, host, port }: Config, path: string): string {
  return new URL(path, publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`).href
}

/** A name in a mail: on one line and not too long, because people can call themselves anything. */
export function nameInMail(name: string): string {
  return name.replace(/\s+/g, ' ').trim().slice(0, 100)
}
