import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Shrinking } from '#server/features/audit-retention/find-shrinking.ts'
import { mailAdmins, spellDay } from '#server/features/workspaces/mail-admins.ts'
import type { Language } from '#server/mail/language.ts'
import type { Letter } from '#server/mail/letter.ts'
import type { Services } from '#server/services.ts'

/** Mails all admins of a workspace what a downgrade will do to its history. */
export function tellOfShrinking(services: Services, workspace: WorkspaceAddress, shrinking: Shrinking): Promise<void> {
  return mailAdmins(services, workspace, (language, name) =>
    letters[language]({
      workspace: name,
      events: shrinking.events.toLocaleString(language),
      days: shrinking.days,
      day: spellDay(shrinking.at, language),
      path: `/w/${workspace.slug}/settings`,
    }),
  )
}

type Facts = { workspace: string; events: string; days: number; day: string; path: string }

const letters: Record<Language, (facts: Facts) => Letter> = {
  en: ({ workspace, events, days, day, path }) => ({
    subject: `${workspace} will keep less of its history from ${day}`,
    pieces: [
      `The workspace “${workspace}” has a smaller plan, which keeps its history for ${days} days. Nothing is removed before ${day}. What is older goes then: ${events} events, counted today.`,
      'Until then you can export the history. If the plan is upgraded again, everything stays.',
      { button: 'Open the settings', path },
    ],
  }),
  nl: ({ workspace, events, days, day, path }) => ({
    subject: `${workspace} bewaart vanaf ${day} minder geschiedenis`,
    pieces: [
      `De werkruimte “${workspace}” heeft een kleiner abonnement, dat de geschiedenis ${days} dagen bewaart. Vóór ${day} wordt niets verwijderd. Wat ouder is, verdwijnt dan: ${events} gebeurtenissen, vandaag geteld.`,
      'Tot dan kunt u de geschiedenis exporteren. Wordt het abonnement weer uitgebreid, dan blijft alles.',
      { button: 'De instellingen openen', path },
    ],
  }),
  fr: ({ workspace, events, days, day, path }) => ({
    subject: `${workspace} gardera moins de son historique à partir du ${day}`,
    pieces: [
      `L’espace de travail « ${workspace} » a une formule plus petite, qui garde son historique pendant ${days} jours. Rien n’est supprimé avant le ${day}. Ce qui est plus ancien disparaîtra alors : ${events} événements, comptés aujourd’hui.`,
      'D’ici là, vous pouvez exporter l’historique. Si la formule est de nouveau étendue, tout reste.',
      { button: 'Ouvrir les paramètres', path },
    ],
  }),
  de: ({ workspace, events, days, day, path }) => ({
    subject: `${workspace} behält ab dem ${day} weniger Historie`,
    pieces: [
      `Der Arbeitsbereich „${workspace}“ hat einen kleineren Tarif, der die Historie ${days} Tage lang aufbewahrt. Vor dem ${day} wird nichts entfernt. Was älter ist, geht dann: ${events} Ereignisse, heute gezählt.`,
      'Bis dahin können Sie die Historie exportieren. Wird der Tarif wieder erweitert, bleibt alles.',
      { button: 'Die Einstellungen öffnen', path },
    ],
  }),
}
