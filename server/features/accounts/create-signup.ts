import { hashPassword } from '#server/crypto/password.ts'
import { sixDigitCode } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { codeMail, knownAddressMail } from '#server/features/accounts/account-mails.ts'
import { checkNewPassword, findAccountByEmail } from '#server/features/accounts/account-queries.ts'
import { NewSignup, Signup, type SignupPayload, signupField } from '#server/features/accounts/signup.ts'
import { maySendSignupMail, requireSignupAllowed } from '#server/features/accounts/signup-limits.ts'
import { requireFreeSlug } from '#server/features/workspaces/directory-queries.ts'
import { publicOperation } from '#server/http/operation.ts'
import { preferredLanguage } from '#server/mail/language.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'

const minutesToConfirm = 15

export const createSignup = publicOperation({
  id: 'createSignup',
  summary: 'Sign up with a first workspace',
  description:
    'Mails a code of six digits, good for 15 minutes and 5 attempts. The answer is the same whether or not there is an ' +
    'account with the address already; the mail says so, in the language that the browser asks for. A mailbox gets at ' +
    'most 5 such mails in an hour, and the answer stays the same. Without a slug the workspace gets one made of its name.',
  route: 'POST /api/signups',
  body: NewSignup,
  example: {
    email: 'nora@blue-door.example',
    password: 'quiet otters repaint lighthouses',
    name: 'Nora Peeters',
    workspaceName: 'Blue Door',
  },
  returns: Signup,
  status: 202,
  async run({ body, request, services }) {
    const { platform, sealer, clock } = services
    const { name, password, workspaceName, workspaceSlug } = body
    const email = body.email.toLowerCase()
    checkNewPassword(password, { email, name })
    await requireSignupAllowed(services, { email, address: request.address })
    if (workspaceSlug) await requireFreeSlug(platform.db, workspaceSlug, '/workspaceSlug')
    // All of this also happens for a known address, whose code nobody is told: the work tells as little as the answer.
    const code = sixDigitCode()
    const [passwordHash, codeHash] = [await hashPassword(password), await hashPassword(code)]
    const language = preferredLanguage(request.headers['accept-language'])
    const payload: SignupPayload = {
      email,
      name,
      language,
      passwordHash,
      workspaceName,
      ...(workspaceSlug ? { workspaceSlug } : {}),
    }
    const id = uuid7()
    const expiresAt = clock.now().add({ minutes: minutesToConfirm }).toString({ fractionalSecondDigits: 3 })
    const isMailed = await maySendSignupMail(services, email)
    const mailId = await platform.transact(async db => {
      const known = await findAccountByEmail(db, email)
      const values = {
        id,
        payload: sealer.seal(signupField(id), JSON.stringify(payload)),
        code_hash: codeHash,
        expires_at: expiresAt,
      }
      await db.insertInto('signup').values(values).execute()
      if (!isMailed) return undefined
      const mail = known
        ? knownAddressMail(services.config, known)
        : codeMail(services.config, { email, code, minutes: minutesToConfirm, language })
      return writeMail(db, services, mail)
    })
    if (mailId) await sendMailLater(services, mailId)
    return { id, expiresAt }
  },
})
