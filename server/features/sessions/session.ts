import Type from 'typebox'
import { Id, Instant, nullable } from '#server/http/schemas.ts'

export const Session = Type.Object(
  {
    id: Id,
    device: Type.String({ description: 'Browser and system, as far as they tell' }),
    address: nullable(Type.String({ description: 'The network address at sign-in' })),
    createdAt: Instant,
    lastSeenAt: Type.String({ format: 'date-time', description: 'To within five minutes' }),
    expiresAt: Instant,
    current: Type.Boolean({ description: 'The one that asks' }),
  },
  { $id: 'Session' },
)

/** A user agent in words that its owner recognises. */
export function describeDevice(userAgent: string): string {
  const browser = browsers.find(([, pattern]) => pattern.test(userAgent))?.[0]
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0]
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? (userAgent.split(/[\s/]/)[0]?.slice(0, 40) || 'Unknown')
}

// The order matters: Edge and Opera also say Chrome, and Chrome says Safari.
const browsers: [string, RegExp][] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Chrome', /\b(Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
]
const systems: [string, RegExp][] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
]
