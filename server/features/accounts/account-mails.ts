import type { Config } from '#server/config/config.ts'
import type { Language } from '#server/mail/language.ts'
import { type Letter, writeLetter } from '#server/mail/letter.ts'
import type { Mail } from '#server/mail/mail.ts'

/** To whoever signs up with an address that has no account yet. */
export function codeMail(
  config: Config,
  { email, code, minutes, language }: { email: string; code: string; minutes: number; language: Language },
): Mail {
  return writeLetter(config, email, language, codeLetters[language](code, minutes))
}

/** To whoever signs up with an address that has one: in the language of the account, whoever it was. */
export function knownAddressMail(config: Config, { email, language }: { email: string; language: Language }): Mail {
  return writeLetter(config, email, language, knownLetters[language])
}

const codeLetters: Record<Language, (code: string, minutes: number) => Letter> = {
  en: (code, minutes) => ({
    subject: `${code} is your Kontor code`,
    pieces: [
      'Welcome to Kontor. Type this code to confirm your address:',
      { code },
      `It is good for ${minutes} minutes. If you did not sign up, ignore this mail: nothing happens without the code.`,
    ],
  }),
  nl: (code, minutes) => ({
    subject: `${code} is je Kontor-code`,
    pieces: [
      'Welkom bij Kontor. Typ deze code om je adres te bevestigen:',
      { code },
      `De code is ${minutes} minuten geldig. Heb je je niet aangemeld? Negeer deze mail dan: zonder de code gebeurt er niets.`,
    ],
  }),
  fr: (code, minutes) => ({
    subject: `${code} est votre code Kontor`,
    pieces: [
      'Bienvenue sur Kontor. Saisissez ce code pour confirmer votre adresse :',
      { code },
      `Il est valable ${minutes} minutes. Si vous ne vous êtes pas inscrit, ignorez ce message : rien ne se passe sans le code.`,
    ],
  }),
  de: (code, minutes) => ({
    subject: `${code} ist Ihr Kontor-Code`,
    pieces: [
      'Willkommen bei Kontor. Geben Sie diesen Code ein, um Ihre Adresse zu bestätigen:',
      { code },
      `Er gilt ${minutes} Minuten. Haben Sie sich nicht registriert, ignorieren Sie diese E-Mail: Ohne den Code geschieht nichts.`,
    ],
  }),
}

const knownLetters: Record<Language, Letter> = {
  en: {
    subject: 'You already have a Kontor account',
    pieces: [
      'Somebody, probably you, signed up for Kontor with this address. There is an account with it already, so no new one was made.',
      { button: 'Sign in', path: '/signin' },
      'If it was not you, ignore this mail: your account is as it was.',
    ],
  },
  nl: {
    subject: 'Je hebt al een Kontor-account',
    pieces: [
      'Iemand, waarschijnlijk jij, heeft zich met dit adres bij Kontor aangemeld. Er bestaat al een account mee, dus er is geen nieuw gemaakt.',
      { button: 'Inloggen', path: '/signin' },
      'Was jij het niet? Negeer deze mail dan: je account is zoals het was.',
    ],
  },
  fr: {
    subject: 'Vous avez déjà un compte Kontor',
    pieces: [
      'Quelqu’un, sans doute vous, s’est inscrit sur Kontor avec cette adresse. Un compte existe déjà ; aucun autre n’a été créé.',
      { button: 'Se connecter', path: '/signin' },
      'Si ce n’était pas vous, ignorez ce message : votre compte est inchangé.',
    ],
  },
  de: {
    subject: 'Sie haben bereits ein Kontor-Konto',
    pieces: [
      'Jemand, vermutlich Sie, hat sich mit dieser Adresse bei Kontor registriert. Es gibt damit bereits ein Konto, daher wurde kein neues angelegt.',
      { button: 'Anmelden', path: '/signin' },
      'Waren Sie es nicht, ignorieren Sie diese E-Mail: Ihr Konto ist unverändert.',
    ],
  },
}
