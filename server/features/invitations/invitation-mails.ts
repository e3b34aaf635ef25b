import type { Config } from '#server/config/config.ts'
import type { Language } from '#server/mail/language.ts'
import { writeLetter } from '#server/mail/letter.ts'
import { nameInMail } from '#server/mail/link.ts'
import type { Mail } from '#server/mail/mail.ts'
import { spellInstant } from '#server/mail/spell-instant.ts'

export type Invited = {
  email: string
  language: Language
  token: string
  slug: string
  workspaceName: string
  /** Null when they have left since. */
  inviter: { name: string; email: string } | null
  expiresAt: string
}

/** The mail with the link. Names in it are anybody's: they are cleaned, and stand in quotes or before their address. */
export function invitationMail(config: Config, invited: Invited): Mail {
  const { email, language, token, slug, workspaceName, inviter, expiresAt } = invited
  const say = texts[language]
  const workspace = nameInMail(workspaceName)
  const who = inviter && `${nameInMail(inviter.name)} (${nameInMail(inviter.email)})`
  return writeLetter(config, email, language, {
    subject: say.subject(workspace),
    pieces: [
      who ? say.invites(who, workspace) : say.invited(workspace),
      { button: say.join, path: `/join/${slug}/${token}` },
      say.until(spellInstant(expiresAt, language), email),
      say.stranger,
    ],
  })
}

type Texts = {
  subject: (workspace: string) => string
  invites: (who: string, workspace: string) => string
  invited: (workspace: string) => string
  join: string
  until: (when: string, email: string) => string
  stranger: string
}

const texts: Record<Language, Texts> = {
  en: {
    subject: workspace => `Join “${workspace}” on Kontor`,
    invites: (who, workspace) => `${who} invites you to the workspace “${workspace}” on Kontor.`,
    invited: workspace => `You are invited to the workspace “${workspace}” on Kontor.`,
    join: 'Join the workspace',
    until: (when, email) => `The link is good until ${when}, once, and for ${email} only.`,
    stranger: 'If you do not know who invites you, ignore this mail: nothing happens without you.',
  },
  nl: {
    subject: workspace => `Uitnodiging voor “${workspace}” op Kontor`,
    invites: (who, workspace) => `${who} nodigt je uit voor de werkruimte “${workspace}” op Kontor.`,
    invited: workspace => `Je bent uitgenodigd voor de werkruimte “${workspace}” op Kontor.`,
    join: 'Deelnemen aan de werkruimte',
    until: (when, email) => `De link is geldig tot ${when}, één keer, en alleen voor ${email}.`,
    stranger: 'Ken je de persoon niet die je uitnodigt? Negeer deze mail dan: zonder jou gebeurt er niets.',
  },
  fr: {
    subject: workspace => `Invitation à rejoindre « ${workspace} » sur Kontor`,
    invites: (who, workspace) => `${who} vous invite dans l’espace de travail « ${workspace} » sur Kontor.`,
    invited: workspace => `Vous êtes invité à rejoindre l’espace de travail « ${workspace} » sur Kontor.`,
    join: 'Rejoindre l’espace de travail',
    until: (when, email) => `Le lien est valable jusqu’au ${when}, une seule fois et uniquement pour ${email}.`,
    stranger: 'Si vous ne connaissez pas la personne qui vous invite, ignorez cet e-mail : rien ne se passe sans vous.',
  },
  de: {
    subject: workspace => `Einladung zu „${workspace}“ auf Kontor`,
    invites: (who, workspace) => `${who} lädt Sie in den Arbeitsbereich „${workspace}“ auf Kontor ein.`,
    invited: workspace => `Sie sind in den Arbeitsbereich „${workspace}“ auf Kontor eingeladen.`,
    join: 'Dem Arbeitsbereich beitreten',
    until: (when, email) => `Der Link gilt bis ${when}, einmal und nur für ${email}.`,
    stranger: 'Wenn Sie nicht wissen, wer Sie einlädt, ignorieren Sie diese Mail: Ohne Sie geschieht nichts.',
  },
}
