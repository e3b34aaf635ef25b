import type { entrance as english } from '#web/messages/en/entrance.ts'

export const entrance: typeof english = {
  closingTitle: (workspace, day) => `${workspace} sera supprimé le ${day}`,
  closingHint: 'Il est fermé : plus personne n’y travaille d’ici là. Après ce jour, personne ne peut le récupérer.',
  closingAsk: 'D’ici là, n’importe lequel de ses administrateurs peut le conserver.',
  keep: 'Le conserver',
  keepHint: 'Tout redevient alors comme avant.',
  kept: workspace => `${workspace} est conservé. Tout est comme avant.`,
  otherWorkspaces: 'Vos autres espaces de travail',
  closingMark: day => `Sera supprimé le ${day}`,
  closingShort: 'Fermé',
  factorTitle: workspace => `${workspace} demande un second facteur`,
  factorHint:
    'En plus de leur mot de passe, ses membres confirment que c’est bien eux : avec une application de codes sur leur téléphone, ou avec une clé d’accès.',
  factorNext: 'Ajoutez-en un dans votre compte, puis revenez ici.',
  toSecurity: 'Ajouter un second facteur',
  tryAgain: 'J’en ai ajouté un',
}
