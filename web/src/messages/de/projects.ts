import type { Messages } from '#web/messages/en.ts'

export const projects: Messages['work']['projects'] = {
  create: 'Neues Projekt',
  edit: 'Projekt bearbeiten',
  key: 'Schlüssel',
  keyInvalid: 'Ein Buchstabe, dann höchstens neun Buchstaben oder Ziffern',
  private: 'Privat',
  privateHint: 'Nur Manager und die Mitglieder unten sehen ein privates Projekt.',
  members: 'Mitglieder',
  membersHint: 'Gäste und private Projekte brauchen hier Namen.',
  layouts: 'Darstellung',
  archived: 'Archivierte Projekte',
  isArchived: 'Archiviert',
  archivedOn: day => `Archiviert am ${day}`,
  createdOn: day => `Angelegt am ${day}`,
  noneArchived: 'Nichts ist archiviert',
  emptyHint:
    'Ein Projekt enthält Aufgaben. Legen Sie eines an, oder bringen Sie Ihre Arbeit aus einem anderen Werkzeug mit.',
  emptyForGuests: 'Projekte erscheinen hier, sobald jemand Sie hineinlässt.',
  archive: 'Archivieren',
  unarchive: 'Aus dem Archiv holen',
  actions: name => `Aktionen für ${name}`,
  delete: name => `${name} löschen`,
  deleteHint:
    'Alle Aufgaben, Kommentare und Dateien verschwinden mit, für alle. Das lässt sich nicht rückgängig machen. Archivieren behält sie.',
  typeName: name => `Zur Bestätigung „${name}“ eingeben`,
  less: 'Weniger zeigen',
}
