import type { Config } from '#server/config/config.ts'
import { networkOf } from '#server/http/network.ts'
import type { Language } from '#server/mail/language.ts'
import { type Letter, writeLetter } from '#server/mail/letter.ts'
import type { Mail } from '#server/mail/mail.ts'
import { spellInstant } from '#server/mail/spell-instant.ts'

type Changed = { email: string; newEmail: string; language: Language; at: Temporal.Instant; address: string }

/** To the old address: the last that it hears, and so the last chance of an owner from whom the account was taken. */
export function addressChangedMail(config: Config, { email, newEmail, language, at, address }: Changed): Mail {
  const facts = { newEmail, when: spellInstant(at.toString(), language), network: networkOf(address) || '–' }
  return writeLetter(config, email, language, letters[language](facts))
}

type Facts = { newEmail: string; when: string; network: string }

const letters: Record<Language, (facts: Facts) => Letter> = {
  en: ({ newEmail, when, network }) => ({
    subject: 'Your Kontor account has a new e-mail address',
    pieces: [
      'The e-mail address of your Kontor account was changed. From now on you sign in with the new one, and this address gets no more mails. All other sessions were ended.',
      {
        facts: [
          ['New address', newEmail],
          ['When', when],
          ['From the network', network],
        ],
      },
      'If it was not you, somebody else has your account: write at once, from this address, to whoever runs your Kontor, and to the admins of your workspaces, who can shut the account out.',
    ],
  }),
  nl: ({ newEmail, when, network }) => ({
    subject: 'Je Kontor-account heeft een nieuw e-mailadres',
    pieces: [
      'Het e-mailadres van je Kontor-account is gewijzigd. Je meldt je voortaan aan met het nieuwe adres, en dit adres krijgt geen mails meer. Alle andere sessies zijn beëindigd.',
      {
        facts: [
          ['Nieuw adres', newEmail],
          ['Wanneer', when],
          ['Vanuit het netwerk', network],
        ],
      },
      'Was jij het niet? Dan heeft iemand anders je account: schrijf meteen, vanaf dit adres, naar wie jullie Kontor beheert en naar de beheerders van je werkruimtes, die het account kunnen buitensluiten.',
    ],
  }),
  fr: ({ newEmail, when, network }) => ({
    subject: 'Votre compte Kontor a une nouvelle adresse e-mail',
    pieces: [
      'L’adresse e-mail de votre compte Kontor a été modifiée. Vous vous connectez désormais avec la nouvelle, et cette adresse-ci ne reçoit plus de messages. Toutes les autres sessions ont été fermées.',
      {
        facts: [
          ['Nouvelle adresse', newEmail],
          ['Quand', when],
          ['Depuis le réseau', network],
        ],
      },
      'Si ce n’était pas vous, quelqu’un d’autre a pris votre compte : écrivez sans attendre, depuis cette adresse, à la personne qui gère votre Kontor et aux administrateurs de vos espaces de travail, qui peuvent en exclure le compte.',
    ],
  }),
  de: ({ newEmail, when, network }) => ({
    subject: 'Ihr Kontor-Konto hat eine neue E-Mail-Adresse',
    pieces: [
      'Die E-Mail-Adresse Ihres Kontor-Kontos wurde geändert. Sie melden sich künftig mit der neuen an, und diese Adresse erhält keine Mails mehr. Alle anderen Sitzungen wurden beendet.',
      {
        facts: [
          ['Neue Adresse', newEmail],
          ['Wann', when],
          ['Aus dem Netz', network],
        ],
      },
      'Waren Sie es nicht, hat jemand anders Ihr Konto: Schreiben Sie sofort, von dieser Adresse aus, an die Person, die Ihr Kontor betreibt, und an die Admins Ihrer Arbeitsbereiche, die das Konto ausschließen können.',
    ],
  }),
}
