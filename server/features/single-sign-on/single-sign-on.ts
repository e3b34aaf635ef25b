import Type, { type Static } from 'typebox'
import { commonProblems, type ProblemTable } from '#server/http/problems.ts'
import { Email, Instant, nullable, object, text, Version } from '#server/http/schemas.ts'

const ClientId = text(500, 1, 'The name under which the provider knows this Kontor')
const RoleId = Type.String({ format: 'uuid', description: 'The role of members whom the provider brings; never Admin' })

export const SingleSignOn = Type.Object(
  {
    issuer: Type.String({ description: 'As the provider names itself' }),
    clientId: ClientId,
    hasClientSecret: Type.Boolean({ description: 'Without one, this Kontor is a public client, which PKCE protects' }),
    roleId: RoleId,
    redirectUri: Type.String({ description: 'To be entered at the provider, exactly so' }),
    createdAt: Instant,
    updatedAt: Instant,
    version: Version,
  },
  { $id: 'SingleSignOn' },
)
export type SingleSignOn = Static<typeof SingleSignOn>

export const SingleSignOnSettings = object(
  {
    issuer: Type.String({
      minLength: 1,
      maxLength: 2000,
      description:
        'https, port 443, an address of the public internet; `/.well-known/openid-configuration` lies below it',
    }),
    clientId: ClientId,
    clientSecret: Type.Optional(
      nullable(
        Type.String({
          minLength: 1,
          maxLength: 2000,
          description: 'Never shown again. Left out: as it is. null: a public client',
        }),
      ),
    ),
    roleId: RoleId,
  },
  { $id: 'SingleSignOnSettings' },
)

export const SignOnStart = object(
  {
    workspace: Type.Optional(Type.String({ maxLength: 48, description: "The workspace's slug" })),
    email: Type.Optional(Email),
    returnTo: Type.Optional(
      Type.String({ maxLength: 2000, description: 'The page to open then: a path of this site, such as `/w/acme`' }),
    ),
  },
  { $id: 'SignOnStart', description: 'Either `workspace` or `email`' },
)

export const SignOnDomain = Type.Object(
  {
    domain: Type.String(),
    verifiedAt: nullable(Instant),
    createdAt: Instant,
    record: Type.Object(
      { name: Type.String(), type: Type.Literal('TXT'), value: Type.String() },
      { description: 'What the DNS has to say to show whose domain it is' },
    ),
  },
  { $id: 'SignOnDomain' },
)
export type SignOnDomain = Static<typeof SignOnDomain>

/** Why a provider is not taken: `reason` of the problem `provider-unusable`. */
export const providerFaults = ['address', 'unanswered', 'no-provider', 'other-name', 'incomplete'] as const
export type ProviderFault = (typeof providerFaults)[number]

/** Why a domain's record is not seen: `reason` of the problem `record-missing`. */
export const recordFaults = ['absent', 'different', 'unanswered'] as const
export type RecordFault = (typeof recordFaults)[number]

export const connectionProblems = {
  stale: commonProblems.stale,
  'provider-unusable': { status: 422, title: 'The identity provider cannot be used like this' },
} as const satisfies ProblemTable

export const startProblems = {
  'not-found': commonProblems['not-found'],
  'provider-unavailable': { status: 503, title: 'The identity provider of the workspace does not answer' },
} as const satisfies ProblemTable

export const domainProblems = {
  'record-missing': { status: 422, title: 'The DNS does not show the record of the domain' },
  'domain-taken': { status: 409, title: 'Another workspace has shown that the domain is its own' },
} as const satisfies ProblemTable

/** Why somebody comes back without being signed in: `problem` in the address of the sign-in page. */
export const refusals = [
  'sign-on-expired',
  'sign-on-refused',
  'sign-on-failed',
  'provider-unavailable',
  'email-missing',
  'email-unverified',
  'domain-unverified',
  'member-inactive',
  'address-taken',
] as const
export type Refusal = (typeof refusals)[number]

/** A sign-in that ends at the sign-in page. `reason` is for the log: no token, no secret. */
export class RefusedSignOn extends Error {
  override name = 'RefusedSignOn'
  readonly code: Refusal
  constructor(code: Refusal, reason: string = code) {
    super(reason)
    this.code = code
  }
}
