import type { SendMailOptions } from 'nodemailer'
import type { Mail } from '#server/mail/mail.ts'
import { oneLine } from '#server/mail/one-line.ts'
import type { Services } from '#server/services.ts'

/**
 * A mail as it goes out. Its Message-ID is the same however often it is delivered, so that a mailbox that got it twice
 * knows; and nobody's absence answers it (RFC 3834).
 */
export function messageOf(
  { config, clock }: Pick<Services, 'config' | 'clock'>,
  id: string,
  { to, subject, text, html, language, unsubscribeUrl }: Mail,
): SendMailOptions {
  const { mailFrom } = config
  return {
    from: mailFrom,
    // As an address, not as text: no comma or name in it makes two recipients of one.
    to: { name: '', address: to },
    // Text that looks like an encoded word would be read as one (RFC 2047).
    subject: oneLine(subject, 200).replaceAll('=?', '= ?'),
    text,
    ...(html ? { html } : {}),
    date: new Date(clock.now().epochMilliseconds),
    messageId: `<${id}@${mailFrom.address.split('@').at(-1)}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(language ? { 'Content-Language': language } : {}),
      // One click, without sign-in (RFC 8058).
      ...(unsubscribeUrl
        ? { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
        : {}),
    },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
