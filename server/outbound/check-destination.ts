import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { type Config, isForThisMachineOnly } from '#server/config/config.ts'
import { isLoopbackAddress, isPublicAddress } from '#server/outbound/public-address.ts'

/** Why an address is not dialled, as a sentence for the person who gave it. */
export class RefusedDestinationError extends Error {
  override name = 'RefusedDestinationError'
}

export type Destination = { url: URL; address: string; family: 4 | 6 }

/**
 * Whether a receiver on this machine may be named, over http and on any port: only where nobody else can use this
 * server. There, who may do this is on the machine anyway.
 */
export const allowsLoopback = isForThisMachineOnly

/** What can be said of an address without asking the network. @throws RefusedDestinationError */
export function checkUrl(config: Config, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) throw new RefusedDestinationError('This is not a URL.')
  if (url.username || url.password)
    throw new RefusedDestinationError('A URL with a user or a password in it is not taken.')
  if (isLocal(url) && allowsLoopback(config) && /^https?:$/.test(url.protocol)) return url
  if (url.protocol !== 'https:') throw new RefusedDestinationError('Only https is taken.')
  if (url.port !== '') throw new RefusedDestinationError('Only port 443 is taken.')
  const host = hostOf(url)
  if (isIP(host) !== 0 && !isPublicAddress(host))
    throw new RefusedDestinationError(`${host} is not an address of the public internet.`)
  return url
}

/**
 * Resolves once; what is dialled is the address that was checked, so a name cannot point elsewhere a moment later.
 * One address that is not public is enough to refuse the name. @throws RefusedDestinationError
 */
export async function findDestination(config: Config, text: string): Promise<Destination> {
  const url = checkUrl(config, text)
  const host = hostOf(url)
  const addresses = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await lookup(host, { all: true, verbatim: true }).catch(() => [])
  const [first] = addresses
  if (!first) throw new RefusedDestinationError(`${host} has no address.`)
  const local = isLocal(url) && allowsLoopback(config)
  const bad = addresses.find(({ address }) => !(local ? isLoopbackAddress(address) : isPublicAddress(address)))
  // Which address that is may be nobody's business outside this network.
  if (bad) throw new RefusedDestinationError(`${host} leads to what is not an address of the public internet.`)
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 }
}

function isLocal(url: URL): boolean {
  const host = hostOf(url)
  return host === 'localhost' || isLoopbackAddress(host)
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}
