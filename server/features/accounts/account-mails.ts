import type { Config } from '#server/config/config.ts'
import { linkTo } from '#server/mail/link.ts'
import type { Mail } from '#server/mail/mail.ts'

export function codeMail({ email, code, minutes }: { email: string; code: string; minutes: number }): Mail {
  return {
    to: email,
    subject: `${code} is your Kontor code`,
    text: `Welcome to Kontor.

Your code: ${code}

It is good for ${minutes} minutes. If you did not sign up, ignore this mail: nothing happens without the code.
`,
  }
}

export function knownAddressMail(config: Config, email: string): Mail {
  return {
    to: email,
    subject: 'You already have a Kontor account',
    text: `Somebody, probably you, signed up for Kontor with this address. There is an account with it already, so no
new one was made.

Sign in here: ${linkTo(config, '/login')}

If it was not you, ignore this mail: your account is as it was.
`,
  }
}
