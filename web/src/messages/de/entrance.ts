import type { entrance as english } from '#web/messages/en/entrance.ts'

export const entrance: typeof english = {
  closingTitle: (workspace, day) => `${workspace} wird am ${day} gelöscht`,
  closingHint:
    'Der Arbeitsbereich ist geschlossen: Bis dahin arbeitet niemand darin. Danach kann ihn niemand zurückholen.',
  closingAsk: 'Bis dahin können ihn seine Administratoren behalten.',
  keep: 'Behalten',
  keepHint: 'Dann ist alles wieder, wie es war.',
  kept: workspace => `${workspace} bleibt. Alles ist, wie es war.`,
  otherWorkspaces: 'Ihre anderen Arbeitsbereiche',
  closingMark: day => `Wird am ${day} gelöscht`,
  closingShort: 'Geschlossen',
  factorTitle: workspace => `${workspace} verlangt einen zweiten Faktor`,
  factorHint:
    'Neben dem Passwort bestätigen die Mitglieder, dass sie es sind: mit einer App auf dem Telefon, die Codes erzeugt, oder mit einem Passkey.',
  factorNext: 'Richten Sie einen in Ihrem Konto ein, und kommen Sie dann hierher zurück.',
  toSecurity: 'Zweiten Faktor einrichten',
  tryAgain: 'Ich habe einen eingerichtet',
}
