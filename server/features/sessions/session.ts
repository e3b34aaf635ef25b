import Type from 'typebox'
import { SignedIn } from '#server/features/accounts/account.ts'
import { Id, Instant, nullable, oneOf } from '#server/http/schemas.ts'

/** How somebody signed in. */
export const methods = ['password', 'passkey', 'single_sign_on', 'signup', 'invitation'] as const

export const Session = Type.Object(
  {
    id: Id,
    device: Type.String({ description: 'Browser and system, as far as they tell' }),
    address: nullable(Type.String({ description: 'The network address at sign-in' })),
    method: oneOf(methods, { description: 'How you signed in' }),
    secondFactor: Type.Boolean({ description: 'With a second factor, or with a passkey, which is two in one' }),
    workspace: nullable(
      Type.Object(
        { slug: Type.String(), name: Type.String() },
        { description: 'The only one that it enters, because its identity provider signed you in' },
      ),
    ),
    createdAt: Instant,
    lastSeenAt: Type.String({ format: 'date-time', description: 'To within five minutes' }),
    expiresAt: Instant,
    current: Type.Boolean({ description: 'The one that asks' }),
  },
  { $id: 'Session' },
)

/** Who is signed in, and what their session can do. */
export const CurrentSession = Type.Object(
  {
    ...SignedIn.properties,
    session: Type.Object({
      id: Id,
      secondFactor: Type.Boolean({ description: 'Whether you proved a second factor in it' }),
      workspaceId: nullable(
        Type.String({ format: 'uuid', description: 'The only workspace that it enters, and no account settings' }),
      ),
      provedUntil: Type.String({
        format: 'date-time',
        description: 'Until then nothing asks for `createProof`, unless you added a second factor since you signed in',
      }),
    }),
  },
  { $id: 'CurrentSession' },
)

/** A user agent in words that its owner recognises. */
export function describeDevice(userAgent: string): string {
  const browser = browsers.find(([, pattern]) => pattern.test(userAgent))?.[0]
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0]
  if (browser && system) return `${browser}, ${system}`
  return browser ?? system ?? (userAgent.split(/[\s/]/)[0]?.slice(0, 40) || 'Unknown')
}

// The order matters: Edge and Opera also say Chrome, and Chrome says Safari.
const browsers: [string, RegExp][] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Chrome', /\b(Headless)?(Chrome|CriOS)\//],
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
