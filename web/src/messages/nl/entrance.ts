import type { entrance as english } from '#web/messages/en/entrance.ts'

export const entrance: typeof english = {
  closingTitle: (workspace, day) => `${workspace} wordt op ${day} verwijderd`,
  closingHint: 'Ze is gesloten: tot dan werkt er niemand in. Na die dag kan niemand ze terughalen.',
  closingAsk: 'Tot dan kan elke beheerder ervan ze behouden.',
  keep: 'Behouden',
  keepHint: 'Dan is alles weer zoals het was.',
  kept: workspace => `${workspace} blijft. Alles is zoals het was.`,
  otherWorkspaces: 'Je andere werkruimtes',
  closingMark: day => `Wordt op ${day} verwijderd`,
  closingShort: 'Gesloten',
  factorTitle: workspace => `${workspace} vraagt een tweede factor`,
  factorHint:
    'Naast hun wachtwoord bevestigen de leden dat zij het zijn: met een app op hun telefoon die codes maakt, of met een toegangssleutel.',
  factorNext: 'Stel er een in bij je account en kom dan hier terug.',
  toSecurity: 'Een tweede factor instellen',
  tryAgain: 'Ik heb er een ingesteld',
}
