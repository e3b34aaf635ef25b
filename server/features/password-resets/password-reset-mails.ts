import type { Config } from '#server/config/config.ts'
import { minutesToConfirm } from '#server/features/password-resets/password-reset.ts'
import type { Language } from '#server/mail/language.ts'
import { type Letter, writeLetter } from '#server/mail/letter.ts'
import type { Mail } from '#server/mail/mail.ts'

export function resetMail(
  config: Config,
  { email, code, language }: { email: string; code: string; language: Language },
): Mail {
  return writeLetter(config, email, language, letters[language](code))
}

const letters: Record<Language, (code: string) => Letter> = {
  en: code => ({
    subject: `${code} is your code for a new password`,
    pieces: [
      'Somebody, probably you, wants to set a new password for your Kontor account. Type this code in Kontor:',
      { code },
      `It is good for ${minutesToConfirm} minutes. Tell it to nobody: nobody from Kontor will ask you for it.`,
      'If it was not you, ignore this mail. Your password stays as it is, and nothing happens without the code.',
    ],
  }),
  nl: code => ({
    subject: `${code} is je code voor een nieuw wachtwoord`,
    pieces: [
      'Iemand, waarschijnlijk jij, wil een nieuw wachtwoord instellen voor je Kontor-account. Typ deze code in Kontor:',
      { code },
      `De code is ${minutesToConfirm} minuten geldig. Geef ze aan niemand door: niemand van Kontor zal ernaar vragen.`,
      'Was jij het niet? Negeer deze mail dan. Je wachtwoord blijft zoals het is en zonder de code gebeurt er niets.',
    ],
  }),
  fr: code => ({
    subject: `${code} est votre code pour un nouveau mot de passe`,
    pieces: [
      'Quelqu’un, sans doute vous, souhaite définir un nouveau mot de passe pour votre compte Kontor. Saisissez ce code dans Kontor :',
      { code },
      `Il est valable ${minutesToConfirm} minutes. Ne le communiquez à personne : personne de Kontor ne vous le demandera.`,
      'Si ce n’était pas vous, ignorez ce message. Votre mot de passe reste inchangé et rien ne se passe sans le code.',
    ],
  }),
  de: code => ({
    subject: `${code} ist Ihr Code für ein neues Passwort`,
    pieces: [
      'Jemand, vermutlich Sie, möchte ein neues Passwort für Ihr Kontor-Konto festlegen. Geben Sie diesen Code in Kontor ein:',
      { code },
      `Er gilt ${minutesToConfirm} Minuten. Geben Sie ihn niemandem weiter: Niemand von Kontor wird Sie danach fragen.`,
      'Waren Sie es nicht, können Sie diese E-Mail ignorieren. Ihr Passwort bleibt, wie es ist, und ohne den Code geschieht nichts.',
    ],
  }),
}
