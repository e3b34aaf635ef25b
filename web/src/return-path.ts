/** Where to go after signing in: a path of this site, never another one. */
export function returnPath(next: unknown, here = location.origin): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/'
  if (!URL.canParse(next, here)) return '/'
  const { origin, pathname, search, hash } = new URL(next, here)
  // `/.//host` stays on this site as an address and leaves it as a path.
  if (origin !== here || pathname.startsWith('//')) return '/'
  return pathname + search + hash
}
