import { isIP } from 'node:net'

/** An address without an interface of this machine, and IPv4 not dressed as IPv6; undefined when it is none. */
export function plainAddress(address: string): string | undefined {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(plain) ? plain : undefined
}

/**
 * The network of an address as `network/bits`: the /64 that one customer of IPv6 has, and by default the /24 of IPv4;
 * `''` when the address is none.
 */
export function networkOf(address: string, { v4Bits = 24 }: { v4Bits?: 24 | 32 } = {}): string {
  const plain = plainAddress(address)
  if (!plain) return ''
  if (isIP(plain) === 4) return v4Bits === 32 ? `${plain}/32` : `${plain.replace(/\d+$/, '0')}/24`
  return `${firstGroups(plain).join(':')}::/64`
}

// URL writes an address in its one canonical form, with `::` for the longest run of zeros.
function firstGroups(address: string): string[] {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const groups = head === '' ? [] : head.split(':')
  const last = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - groups.length - last.length }, () => '0')
  return [...groups, ...zeros, ...last].slice(0, 4)
}
