/**
 * Every column that holds a secret. Sealing, rotation and the check of the database's domains all read this list. `row` is
 * the SQL of what names the row in its key, `id` where nothing is said.
 */
export const sealedColumns = [
  { scope: 'platform', table: 'signup', column: 'payload', holds: 'what the person typed, until they confirm' },
  {
    scope: 'platform',
    table: 'workspace',
    column: 'provisioning',
    holds: 'who asked for the workspace, until it is made',
  },
  { scope: 'platform', table: 'mail', column: 'payload', holds: 'a mail until it is sent: codes and links' },
  {
    scope: 'platform',
    table: 'idempotency',
    column: 'response',
    row: "account_id || '/' || key",
    holds: 'an answer kept to be repeated; may hold a token',
  },
  { scope: 'platform', table: 'password_reset', column: 'payload', holds: 'who asked for a reset, until it is mailed' },
  { scope: 'platform', table: 'email_change', column: 'payload', holds: 'the new address, until it is confirmed' },
  {
    scope: 'platform',
    table: 'totp',
    column: 'secret',
    row: 'account_id::text',
    holds: 'the secret of an authenticator app',
  },
  { scope: 'platform', table: 'sign_on_attempt', column: 'payload', holds: 'nonce and verifier of a single sign-on' },
  {
    scope: 'workspace',
    table: 'idempotency',
    column: 'response',
    row: "member_id || '/' || key",
    holds: 'an answer kept to be repeated; may hold a token',
  },
  { scope: 'workspace', table: 'webhook', column: 'secret', holds: 'the key that signs deliveries' },
  {
    scope: 'workspace',
    table: 'webhook',
    column: 'previous_secret',
    holds: 'the key before it, which signs deliveries too for a day',
  },
  { scope: 'workspace', table: 'invitation', column: 'token', holds: 'the link of an invitation, until it is mailed' },
  { scope: 'workspace', table: 'sign_on', column: 'client_secret', holds: 'our secret at the identity provider' },
  { scope: 'workspace', table: 'integration', column: 'token', holds: "the other service's access token" },
  {
    scope: 'workspace',
    table: 'audit_erasure',
    column: 'known',
    holds: 'what a person was called and wrote (digests), while it is erased',
  },
] as const satisfies readonly SealedColumnDeclaration[]

export type SealedColumnDeclaration = {
  scope: 'platform' | 'workspace'
  table: string
  column: string
  row?: string
  holds: string
}

type Declared = (typeof sealedColumns)[number]
type ColumnOf<Scope extends Declared['scope']> =
  Extract<Declared, { scope: Scope }> extends infer Each
    ? Each extends { table: infer Table extends string; column: infer Column extends string }
      ? `${Table}.${Column}`
      : never
    : never

/** `table.column`. */
export type PlatformColumn = ColumnOf<'platform'>
export type WorkspaceColumn = ColumnOf<'workspace'>

/** One field of one row: workspace and row are ids, in the lower case in which PostgreSQL prints them. */
export type SealedField =
  | { workspace: 'platform'; column: PlatformColumn; row: string }
  | { workspace: string; column: WorkspaceColumn; row: string }
