/** Where to go after signing in: a path of this site, never another one. */
export function returnPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/'
  const { origin, pathname, search, hash } = new URL(next, location.origin)
  // `/.//host` stays on this site as an address and leaves it as a path.
  if (origin !== location.origin || pathname.startsWith('//')) return '/'
  return pathname + search + hash
}
