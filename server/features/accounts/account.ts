import Type, { type Static } from 'typebox'
import { WorkspaceSummary } from '#server/features/workspaces/index.ts'
import { changes, Email, Id, Instant, oneOf, text, Version } from '#server/http/schemas.ts'
import { languages } from '#server/mail/language.ts'

const Name = text(200, 1)
const Language = oneOf(languages, { description: 'Of the web client and of mails' })
/** Longer than any password that is taken, so that the rules can say what is wrong with it. */
export const Password = Type.String({ maxLength: 5000 })
export const Code = Type.String({ pattern: '^[0-9]{6}$', description: 'Six digits' })

export const Account = Type.Object(
  { id: Id, email: Email, name: Name, language: Language, createdAt: Instant, version: Version },
  { $id: 'Account' },
)
export type Account = Static<typeof Account>

export const AccountChanges = changes({ name: Name, language: Language })
export const NewAccount = { name: Name, password: Password }

/** What a person gets who is signed in. */
export const SignedIn = Type.Object({ account: Account, workspaces: Type.Array(WorkspaceSummary) }, { $id: 'SignedIn' })
export type SignedIn = Static<typeof SignedIn>
