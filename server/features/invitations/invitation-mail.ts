import type { Config } from '#server/config/config.ts'
import { linkTo, nameInMail } from '#server/mail/link.ts'
import type { Mail } from '#server/mail/mail.ts'

type Invitation = {
  email: string
  token: string
  slug: string
  workspaceName: string
  inviterName: string
  days: number
}

export function invitationMail(
  config: Config,
  { email, token, slug, workspaceName, inviterName, days }: Invitation,
): Mail {
  const workspace = nameInMail(workspaceName)
  return {
    to: email,
    subject: `Join "${workspace}" on Kontor`,
    text: `${nameInMail(inviterName)} invites you to the workspace "${workspace}" on Kontor.

Join here: ${linkTo(config, `/join/${slug}/${token}`)}

The link is good for ${days} days, once, and for this address only. If you do not know them, ignore this mail.
`,
  }
}
