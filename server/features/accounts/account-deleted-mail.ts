import type { Config } from '#server/config/config.ts'
import type { Language } from '#server/mail/language.ts'
import { type Letter, writeLetter } from '#server/mail/letter.ts'
import type { Mail } from '#server/mail/mail.ts'

/** The last mail that an account gets. */
export function accountDeletedMail(config: Config, { email, language }: { email: string; language: Language }): Mail {
  return writeLetter(config, email, language, letters[language])
}

const letters: Record<Language, Letter> = {
  en: {
    subject: 'Your Kontor account was deleted',
    pieces: [
      'Your Kontor account was deleted, as you asked, and you have left all your workspaces. Tasks, comments and hours belong to the workspaces and stay there.',
      'If it was not you, write to whoever runs your Kontor at once.',
    ],
  },
  nl: {
    subject: 'Je Kontor-account is verwijderd',
    pieces: [
      'Je Kontor-account is op jouw verzoek verwijderd en je hebt al je werkruimtes verlaten. Taken, opmerkingen en uren horen bij de werkruimtes en blijven daar.',
      'Heb jij dit niet gedaan? Schrijf dan meteen naar wie jullie Kontor beheert.',
    ],
  },
  fr: {
    subject: 'Votre compte Kontor a été supprimé',
    pieces: [
      'Votre compte Kontor a été supprimé à votre demande et vous avez quitté tous vos espaces de travail. Les tâches, les commentaires et les heures appartiennent aux espaces de travail et y restent.',
      'Si ce n’était pas vous, écrivez sans attendre à la personne qui gère votre Kontor.',
    ],
  },
  de: {
    subject: 'Ihr Kontor-Konto wurde gelöscht',
    pieces: [
      'Ihr Kontor-Konto wurde auf Ihren Wunsch gelöscht, und Sie haben alle Ihre Arbeitsbereiche verlassen. Aufgaben, Kommentare und Stunden gehören den Arbeitsbereichen und bleiben dort.',
      'Waren Sie es nicht, schreiben Sie bitte sofort an die Person, die Ihr Kontor betreibt.',
    ],
  },
}
