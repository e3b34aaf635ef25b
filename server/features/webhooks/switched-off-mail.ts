import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { mailAdmins } from '#server/features/workspaces/mail-admins.ts'
import type { Language } from '#server/mail/language.ts'
import type { Letter } from '#server/mail/letter.ts'
import type { Services } from '#server/services.ts'

/** Mails all admins that a webhook is switched off, because its receiver has failed for three days or is gone. */
export function warnOfSwitchingOff(
  services: Services,
  workspace: WorkspaceAddress,
  url: string,
  why: string,
): Promise<void> {
  const { host } = new URL(url)
  const path = `/w/${workspace.slug}/settings/webhooks`
  return mailAdmins(services, workspace, (language, name) => letters[language]({ workspace: name, host, why, path }))
}

type Facts = { workspace: string; host: string; why: string; path: string }

const letters: Record<Language, (facts: Facts) => Letter> = {
  en: ({ workspace, host, why, path }) => ({
    subject: `A webhook of ${workspace} was switched off`,
    pieces: [
      `The webhook of “${workspace}” to ${host} gets nothing any more (${why}).`,
      'Once its receiver works again, switch the webhook on: it goes on where it stopped, and nothing is lost that the history still holds.',
      { button: 'Open the webhooks', path },
    ],
  }),
  nl: ({ workspace, host, why, path }) => ({
    subject: `Een webhook van ${workspace} is uitgeschakeld`,
    pieces: [
      `De webhook van “${workspace}” naar ${host} krijgt niets meer (${why}).`,
      'Zodra de ontvanger weer werkt, schakelt u de webhook in: die gaat verder waar hij gestopt was, en er gaat niets verloren wat nog in de geschiedenis staat.',
      { button: 'De webhooks openen', path },
    ],
  }),
  fr: ({ workspace, host, why, path }) => ({
    subject: `Un webhook de ${workspace} a été désactivé`,
    pieces: [
      `Le webhook de « ${workspace} » vers ${host} ne reçoit plus rien (${why}).`,
      'Dès que son destinataire fonctionne de nouveau, activez le webhook : il reprend là où il s’est arrêté, et rien de ce que l’historique garde encore n’est perdu.',
      { button: 'Ouvrir les webhooks', path },
    ],
  }),
  de: ({ workspace, host, why, path }) => ({
    subject: `Ein Webhook von ${workspace} wurde abgeschaltet`,
    pieces: [
      `Der Webhook von „${workspace}“ an ${host} erhält nichts mehr (${why}).`,
      'Sobald der Empfänger wieder arbeitet, schalten Sie den Webhook ein: Er macht dort weiter, wo er aufgehört hat, und nichts geht verloren, was die Historie noch enthält.',
      { button: 'Die Webhooks öffnen', path },
    ],
  }),
}
