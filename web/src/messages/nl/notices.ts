import type { notices as english } from '#web/messages/en/notices.ts'

export const notices: typeof english = {
  tab: 'Meldingen',
  title: 'Ochtendmail',
  hint: 'Om acht uur ’s ochtends wat je nog niet gelezen hebt: één mail per werkruimte, en geen als er niets ongelezen is.',
  label: workspace => `Ochtendmail van ${workspace}`,
  digests: { off: 'Nooit', weekdays: 'Maandag tot vrijdag', daily: 'Elke dag' },
  none: 'Je bent lid van geen enkele werkruimte.',
  notOpen: 'Open deze werkruimte om te zien wat ze mailt.',
  settings: 'Instellingen voor meldingen',
  unsubscribe: {
    title: 'De ochtendmail stoppen?',
    hint: 'Je krijgt geen mail meer over wat ongelezen is in deze werkruimte. In Kontor blijft alles zoals het is.',
    act: 'Uitschrijven',
    keep: 'Behouden',
    doneTitle: 'Je bent uitgeschreven',
    doneHint: 'Er komt geen ochtendmail meer van deze werkruimte. In je account kun je ze altijd weer inschakelen.',
    goneTitle: 'Deze link werkt niet',
    goneHint:
      'Hij is niet volledig, of de werkruimte bestaat niet meer. Kopieer hem opnieuw uit de mail, of wijzig in je account wat je gemaild wordt.',
    toSettings: 'Je account openen',
  },
}
