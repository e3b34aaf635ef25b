import type { Messages } from '#web/messages/en.ts'

export const projects: Messages['work']['projects'] = {
  create: 'Nieuw project',
  edit: 'Project bewerken',
  key: 'Sleutel',
  keyInvalid: 'Een letter, dan hoogstens negen letters of cijfers',
  private: 'Privé',
  privateHint: 'Alleen managers en de leden hieronder zien een privéproject.',
  members: 'Leden',
  membersHint: 'Gasten en privéprojecten hebben hier namen nodig.',
  layouts: 'Indeling',
  archived: 'Gearchiveerde projecten',
  isArchived: 'Gearchiveerd',
  archivedOn: day => `Gearchiveerd op ${day}`,
  createdOn: day => `Aangemaakt op ${day}`,
  noneArchived: 'Niets is gearchiveerd',
  emptyHint: 'Een project bevat taken. Maak er een, of breng je werk mee uit een ander programma.',
  emptyForGuests: 'Je ziet hier projecten zodra iemand je toelaat.',
  archive: 'Archiveren',
  unarchive: 'Uit het archief halen',
  actions: name => `Acties voor ${name}`,
  delete: name => `${name} verwijderen`,
  deleteHint:
    'Alle taken, opmerkingen en bestanden verdwijnen mee, voor iedereen. Dit kan niet ongedaan worden gemaakt. Archiveren bewaart ze.',
  typeName: name => `Typ “${name}” om te bevestigen`,
  less: 'Minder tonen',
}
