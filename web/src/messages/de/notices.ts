import type { notices as english } from '#web/messages/en/notices.ts'

export const notices: typeof english = {
  tab: 'Benachrichtigungen',
  title: 'Mail am Morgen',
  hint: 'Um acht Uhr morgens, was Sie noch nicht gelesen haben: eine Mail je Arbeitsbereich, und keine, wenn nichts ungelesen ist.',
  label: workspace => `Mail am Morgen von ${workspace}`,
  digests: { off: 'Nie', weekdays: 'Montag bis Freitag', daily: 'Jeden Tag' },
  none: 'Sie sind Mitglied keines Arbeitsbereichs.',
  notOpen: 'Öffnen Sie diesen Arbeitsbereich, um zu sehen, was er mailt.',
  settings: 'Einstellungen für Benachrichtigungen',
  unsubscribe: {
    title: 'Mail am Morgen abbestellen?',
    hint: 'Sie bekommen keine Mail mehr über Ungelesenes in diesem Arbeitsbereich. In Kontor bleibt alles, wie es ist.',
    act: 'Abbestellen',
    keep: 'Behalten',
    doneTitle: 'Sie haben die Mail abbestellt',
    doneHint:
      'Aus diesem Arbeitsbereich kommt keine Mail am Morgen mehr. In Ihrem Konto können Sie sie jederzeit wieder einschalten.',
    goneTitle: 'Dieser Link gilt nicht',
    goneHint:
      'Er ist nicht vollständig, oder seinen Arbeitsbereich gibt es nicht mehr. Kopieren Sie ihn noch einmal aus der Mail, oder ändern Sie in Ihrem Konto, was Ihnen gemailt wird.',
    toSettings: 'Ihr Konto öffnen',
  },
}
