import { BlockList, isIP } from 'node:net'

/** Whether an address is one of the public internet: what the outside named may be dialled only then. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closed.check(address, 'ipv4')
  // Of IPv6 only global unicast is dialled at all; what embeds an IPv4 address inside of it is closed below.
  return family === 6 && global.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}

/** An address of this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

const loopback = listOf(['127.0.0.0/8', '::1/128'])
const global = listOf(['2000::/3'])
// https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
const closed = listOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Teredo and the other special uses of 2001::/23, documentation, 6to4. Mapped and NAT64 addresses are not in 2000::/3.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
])

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address, prefix] = network.split('/')
    list.addSubnet(address!, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
