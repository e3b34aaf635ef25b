import { hashPassword } from '#server/crypto/password.ts'
import { hashToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import {
  checkNewPassword,
  findAccountByEmail,
  insertAccount,
  requireAccount,
} from '#server/features/accounts/account-queries.ts'
import { Acceptance, Accepted, acceptanceProblems, tokenParams } from '#server/features/invitations/invitation.ts'
import { invitationGone, requireInvited } from '#server/features/invitations/invitation-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { setSessionCookie, startSession } from '#server/features/sessions/session-queries.ts'
import { putMembership } from '#server/features/workspaces/directory-queries.ts'
import { publicOperation } from '#server/http/operation.ts'
import { problem as commonProblem, fieldProblem } from '#server/http/problems.ts'
import { type Language, preferredLanguage } from '#server/mail/language.ts'

export const acceptInvitation = publicOperation({
  id: 'acceptInvitation',
  summary: 'Accept an invitation',
  description:
    'With a name and a password for a new account, which is signed in then; or signed in with the address that was invited.',
  route: 'POST /api/invitations/:workspace/:token/acceptance',
  params: tokenParams,
  body: Acceptance,
  example: { name: 'Noor Claes', password: 'quiet otters repaint lighthouses' },
  returns: Accepted,
  status: 201,
  problems: acceptanceProblems,
  async run({ params, body, caller, request, services, answer, problem }) {
    const { workspace, invited } = await requireInvited(services, params.workspace, params.token)
    const { id, email } = invited
    if (caller?.workspaceId) throw problem('workspace-session')
    if (caller && caller.email !== email)
      throw problem('other-account', `It is for ${email}: sign out, then follow the link again.`)
    const language = preferredLanguage(request.headers['accept-language'])
    const newAccount = caller ? undefined : await prepareAccount(services.platform.db, { ...body, email, language })
    const memberId = uuid7()
    // Taking the row away comes first: a second acceptance waits for it, and then finds nothing. The platform's part
    // is committed just before the workspace's: killed in between, the invitation is still open for the account.
    const accepted = await services.workspaces.system(
      workspace,
      async db => {
        const taken = await db
          .deleteFrom('invitation')
          .where('id', '=', id)
          // Renewed meanwhile, it may give another role: this link no longer counts.
          .where('token_hash', '=', hashToken(params.token))
          .where('expires_at', '>', services.clock.now().toString())
          .returning('role_id as roleId')
          .executeTakeFirst()
        if (!taken) throw invitationGone()
        const existing = caller && (await requireAccount(services.platform.db, caller.accountId))
        return services.platform.transact(async platform => {
          const account = existing ?? (newAccount && (await insertAccount(platform, newAccount)))
          if (!account) throw signInFirst(email)
          await db
            .insertInto('member')
            .values({
              id: memberId,
              account_id: account.id,
              email,
              name: account.name,
              role_id: taken.roleId,
              confirmed_at: services.clock.now().toString(),
            })
            .execute()
          await putMembership(platform, { accountId: account.id, workspaceId: workspace.id, memberId })
          if (caller) return { account, sessionToken: undefined }
          const event = { accountId: account.id, request, details: { method: 'invitation' } }
          await recordSecurityEvent(services, platform, { ...event, kind: 'signed_up' })
          const sessionToken = await startSession(services, platform, account.id, request, { method: 'invitation' })
          return { account, sessionToken }
        })
      },
      'invitation',
    )
    if (accepted.sessionToken) {
      setSessionCookie(services, answer, accepted.sessionToken)
      await tellSecurityEventsLater(services)
    }
    const { workspaceName: name, plan } = invited
    return { account: accepted.account, workspace: { id: workspace.id, name, slug: workspace.slug, plan }, memberId }
  },
})

type Person = { email: string; language: Language; name?: string; password?: string }

async function prepareAccount(db: PlatformDatabase, { email, language, name, password }: Person) {
  if (await findAccountByEmail(db, email)) throw signInFirst(email)
  if (name === undefined) throw fieldProblem('/name', 'is missing')
  if (password === undefined) throw fieldProblem('/password', 'is missing')
  checkNewPassword(password, { email, name })
  return { email, language, name, passwordHash: await hashPassword(password) }
}

function signInFirst(email: string) {
  return commonProblem('not-signed-in', `There is an account of ${email}: sign in with it, then follow the link again.`)
}
