import type { Config } from '#server/config/config.ts'
import { minutesToConfirm } from '#server/features/email-changes/email-change.ts'
import type { Language } from '#server/mail/language.ts'
import { type Letter, writeLetter } from '#server/mail/letter.ts'
import type { Mail } from '#server/mail/mail.ts'

/** To the new address. Of whoever asks it says nothing: it may go to a stranger, and be no means to write to one. */
export function confirmAddressMail(
  config: Config,
  { email, code, language }: { email: string; code: string; language: Language },
): Mail {
  return writeLetter(config, email, language, confirmLetters[language](code))
}

/** To an address that has an account: nothing can be confirmed with it. */
export function addressTakenMail(config: Config, { email, language }: { email: string; language: Language }): Mail {
  return writeLetter(config, email, language, takenLetters[language])
}

const confirmLetters: Record<Language, (code: string) => Letter> = {
  en: code => ({
    subject: `${code} confirms your new address`,
    pieces: [
      'Type this code in Kontor to use this address for your account from now on:',
      { code },
      `It is good for ${minutesToConfirm} minutes. If you did not ask for it, ignore this mail: nothing happens without the code. Tell it to nobody.`,
    ],
  }),
  nl: code => ({
    subject: `${code} bevestigt je nieuwe adres`,
    pieces: [
      'Typ deze code in Kontor om dit adres voortaan voor je account te gebruiken:',
      { code },
      `De code is ${minutesToConfirm} minuten geldig. Heb je er niet om gevraagd? Dan hoef je niets te doen: zonder de code gebeurt er niets. Geef de code aan niemand.`,
    ],
  }),
  fr: code => ({
    subject: `${code} confirme votre nouvelle adresse`,
    pieces: [
      'Saisissez ce code dans Kontor pour utiliser désormais cette adresse avec votre compte :',
      { code },
      `Il est valable ${minutesToConfirm} minutes. Si vous n’avez rien demandé, ignorez ce message : rien ne se passe sans le code. Ne le communiquez à personne.`,
    ],
  }),
  de: code => ({
    subject: `${code} bestätigt Ihre neue Adresse`,
    pieces: [
      'Geben Sie diesen Code in Kontor ein, um diese Adresse künftig für Ihr Konto zu verwenden:',
      { code },
      `Er gilt ${minutesToConfirm} Minuten. Wenn Sie ihn nicht angefordert haben, brauchen Sie nichts zu tun: Ohne den Code geschieht nichts. Geben Sie ihn niemandem weiter.`,
    ],
  }),
}

const takenLetters: Record<Language, Letter> = {
  en: {
    subject: 'Somebody wants to use your address for another account',
    pieces: [
      'Somebody who is signed in to another Kontor account asked to use this address for it. There is an account with this address already, so that is not possible, and nothing has changed.',
      'If it was you, and you want the address for that other account, sign in to the account that has it now and give that one another address first.',
      { button: 'Sign in', path: '/signin' },
      'If it was not you, ignore this mail.',
    ],
  },
  nl: {
    subject: 'Iemand wil jouw adres voor een ander account gebruiken',
    pieces: [
      'Iemand die met een ander Kontor-account is aangemeld, wilde dit adres daarvoor gebruiken. Er is al een account met dit adres, dus dat kan niet, en er is niets veranderd.',
      'Was jij het, en wil je het adres voor dat andere account? Meld je dan aan met het account dat het nu heeft en geef dat eerst een ander adres.',
      { button: 'Aanmelden', path: '/signin' },
      'Was jij het niet? Dan hoef je niets te doen.',
    ],
  },
  fr: {
    subject: 'Quelqu’un veut utiliser votre adresse pour un autre compte',
    pieces: [
      'Une personne connectée à un autre compte Kontor a demandé à utiliser cette adresse. Un compte l’utilise déjà : ce n’est donc pas possible, et rien n’a changé.',
      'Si c’était vous et que vous voulez cette adresse pour l’autre compte, connectez-vous d’abord au compte qui l’utilise et donnez-lui une autre adresse.',
      { button: 'Se connecter', path: '/signin' },
      'Si ce n’était pas vous, ignorez ce message.',
    ],
  },
  de: {
    subject: 'Jemand möchte Ihre Adresse für ein anderes Konto verwenden',
    pieces: [
      'Jemand, der mit einem anderen Kontor-Konto angemeldet ist, wollte diese Adresse dafür verwenden. Es gibt bereits ein Konto mit dieser Adresse; deshalb geht das nicht, und nichts hat sich geändert.',
      'Waren Sie es und möchten Sie die Adresse für das andere Konto, melden Sie sich mit dem Konto an, das sie jetzt hat, und geben Sie diesem zuerst eine andere.',
      { button: 'Anmelden', path: '/signin' },
      'Waren Sie es nicht, brauchen Sie nichts zu tun.',
    ],
  },
}
