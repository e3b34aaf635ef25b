/**
 * Whether a person may be sent there after signing in: a page of this site, however the address is spelt. What a browser
 * or a proxy could read as another site is refused, decoded or not.
 */
export function isReturnPath(path: string): boolean {
  if (!/^\/[^\\\s\p{Cc}]*$/u.test(path)) return false
  const place = decode(path.split(/[?#]/)[0]!)
  // Not even further inside: `/.//evil.example` is a path that leaves the site once it is shortened.
  if (place === undefined || /[\\\p{Cc}]|\/\.{0,2}\/|^\/api(?:\/|$)/u.test(place)) return false
  const here = 'https://kontor.invalid'
  return URL.canParse(path, here) && new URL(path, here).origin === here
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
