import type { signOn as english } from '#web/messages/en/sign-on.ts'

export const signOn: typeof english = {
  tab: 'Authentification unique',
  provider: 'Fournisseur d’identité',
  providerHint:
    'Vos collègues se connectent avec le compte que votre organisation leur donne. La connexion par mot de passe reste possible.',
  kind: 'Fournisseur',
  kinds: {
    entra: 'Microsoft Entra ID',
    keycloak: 'Keycloak',
    google: 'Google Workspace',
    authentik: 'Authentik',
    other: 'Un autre (OpenID Connect)',
  },
  steps: {
    entra: [
      'Centre d’administration Entra, « Inscriptions d’applications », « Nouvelle inscription » : comptes de cet annuaire uniquement, plateforme « Web », avec l’URI de redirection ci-dessous.',
      'La vue d’ensemble de l’application montre son ID client et l’ID de l’annuaire (locataire), qui figure dans l’émetteur.',
      'Créez ensuite un secret client et copiez sa valeur.',
      'Sous « Configuration du jeton », ajoutez la revendication facultative « email » au jeton d’ID ; dans le manifeste, ajoutez { "name": "xms_edov" } sous optionalClaims.idToken.',
    ],
    keycloak: [
      '« Clients », « Create client » : OpenID Connect, « Client authentication » activé, « Standard flow », avec l’URI de redirection ci-dessous.',
      'Le secret figure sous l’onglet « Credentials ».',
      '« Email verified » doit être activé pour les utilisateurs.',
    ],
    google: [
      'Console Google Cloud, « Google Auth Platform », « Clients » : une application web avec l’URI de redirection ci-dessous et l’audience « Internal ».',
    ],
    authentik: [
      '« Applications », « Create with provider » : OAuth2/OpenID, confidential, avec une clé de signature et l’URI de redirection ci-dessous.',
      'L’émetteur se termine par une barre oblique.',
    ],
    other: [
      'Enregistrez une application web pour le flux par code d’autorisation avec PKCE, avec l’URI de redirection ci-dessous et les portées openid, email et profile.',
    ],
  },
  redirectUri: 'URI de redirection',
  redirectUriHint: 'À saisir telle quelle chez le fournisseur.',
  issuer: 'Émetteur (issuer)',
  issuerHint: example => `Ressemble à ${example}`,
  clientId: 'ID client',
  clientSecret: 'Secret client',
  secretKept: 'Laissez vide pour garder l’actuel.',
  secretNew: 'Un autre émetteur ou client a un autre secret : saisissez-le.',
  publicClient: 'Le fournisseur n’a pas donné de secret (client public)',
  role: 'Rôle des nouveaux membres',
  roleHint:
    'Toute personne qui vient pour la première fois devient membre avec ce rôle. Personne ne devient ainsi administrateur.',
  connect: 'Relier',
  connected: 'Le fournisseur est relié. Ajoutez maintenant les domaines de vos collègues.',
  otherIssuer: 'Les personnes connectées par le fournisseur devront se reconnecter.',
  notYours:
    'L’authentification unique relève des personnes qui peuvent tout faire dans l’espace de travail, car elle connecte aussi les administrateurs.',
  notConnected: 'Aucun fournisseur d’identité n’est relié',
  faults: {
    address:
      'Cette adresse n’est pas acceptée : elle commence par https://, sans port, et se trouve sur l’internet public.',
    unanswered: 'Le fournisseur ne répond pas. Vérifiez l’adresse ou réessayez dans un instant.',
    'no-provider': 'Il n’y a pas de fournisseur OpenID Connect à cette adresse, ou il porte un autre nom.',
    'other-name': 'Le fournisseur porte un autre nom : saisissez l’émetteur tel qu’il figure dans ses métadonnées.',
    incomplete: 'Le fournisseur n’indique pas tout ce qu’il faut pour se connecter par lui.',
  },
  domains: 'Domaines',
  domainsHint:
    'Le fournisseur n’amène que des personnes dont l’adresse est dans un domaine que vous avez prouvé être le vôtre.',
  noDomains: 'Personne ne peut encore se connecter par le fournisseur : ajoutez le domaine de vos adresses e-mail.',
  domain: 'Domaine',
  domainHint: 'Ce qui suit le @, par exemple acme.example',
  addDomain: 'Ajouter le domaine',
  domainBad: 'Un domaine à vous, par exemple acme.example. Les messageries ouvertes à tous ne sont pas acceptées.',
  domainThere: 'Il est déjà dans la liste.',
  verified: day => `Vérifié le ${day}`,
  unverified: 'Pas encore vérifié',
  recordHint:
    'Ajoutez cet enregistrement au DNS du domaine, puis vérifiez. Il peut mettre quelques minutes à être visible.',
  recordName: 'Nom',
  recordType: 'Type',
  recordValue: 'Valeur',
  verify: 'Vérifier',
  isVerified: domain =>
    `${domain} est vérifié. Les personnes qui ont une telle adresse peuvent maintenant se connecter.`,
  records: {
    absent: name =>
      `Il n’y a pas encore d’enregistrement TXT pour ${name}. Il peut mettre quelques minutes à être visible.`,
    different: name =>
      `L’enregistrement TXT pour ${name} dit autre chose. Saisissez la valeur exactement comme elle figure ici.`,
    unanswered: _name => 'Les serveurs de noms du domaine ne répondent pas. Réessayez dans quelques minutes.',
  },
  domainTaken: 'Un autre espace de travail a prouvé que ce domaine est le sien. Il faut d’abord l’y retirer.',
  removeOf: domain => `Retirer ${domain}`,
  removeTitle: domain => `Retirer ${domain} ?`,
  removeText:
    'Plus personne avec une telle adresse ne peut se connecter par le fournisseur. Les personnes connectées par lui devront se reconnecter.',
  removeUnverified: 'Son enregistrement DNS ne vaut alors plus : ajouté de nouveau, le domaine en reçoit un autre.',
  disconnectTitle: 'Délier le fournisseur',
  disconnectHint: 'Les membres restent membres et se connectent par mot de passe.',
  disconnect: 'Délier le fournisseur',
  disconnectAsk: 'Délier le fournisseur ?',
  disconnectText:
    'Ses domaines disparaissent avec lui, et les personnes connectées par lui sont déconnectées. Les membres restent ; qui n’a pas encore de mot de passe en obtient un en le réinitialisant.',
  disconnected: 'Le fournisseur est délié.',
  signIn: 'Continuer avec la connexion de votre organisation',
  signInTitle: 'La connexion de votre organisation',
  signInHint: 'Nous vous menons à la page où votre organisation vous connecte.',
  who: 'Adresse e-mail ou espace de travail',
  whoHint: 'Votre adresse au travail, ou le nom de l’espace de travail tel qu’il figure dans son adresse',
  whoBad: 'Ce n’est ni une adresse e-mail ni un espace de travail',
  proceed: 'Continuer',
  withPassword: 'Se connecter avec un mot de passe',
  nobody: 'Aucune connexion d’organisation n’est connue pour cela. Vérifiez, ou connectez-vous avec un mot de passe.',
  unavailable:
    'La connexion de votre organisation ne répond pas. Réessayez dans un instant, ou connectez-vous autrement.',
  problems: {
    'sign-on-expired': 'Cela a pris trop de temps, ou a commencé dans un autre navigateur. Veuillez réessayer.',
    'sign-on-refused':
      'Votre organisation ne vous a pas laissé passer. Demandez à son administrateur l’accès à Kontor.',
    'sign-on-failed':
      'Ce que la connexion de votre organisation nous a dit ne tenait pas. Dites-le à l’administrateur de votre espace de travail.',
    'provider-unavailable':
      'La connexion de votre organisation ne répond pas. Réessayez dans un instant, ou connectez-vous autrement.',
    'email-missing':
      'La connexion de votre organisation ne nous a pas donné votre adresse e-mail. Dites-le à l’administrateur de votre espace de travail.',
    'email-unverified':
      'La connexion de votre organisation ne dit pas que votre adresse e-mail est confirmée. Confirmez-la, ou dites-le à son administrateur.',
    'domain-unverified':
      'Votre adresse e-mail n’est dans aucun des domaines vérifiés par cet espace de travail. Connectez-vous avec votre adresse au travail, ou dites-le à l’administrateur de l’espace.',
    'member-inactive':
      'Vous avez été désactivé dans cet espace de travail. Adressez-vous à l’un de ses administrateurs.',
    'address-taken':
      'Un membre de cet espace de travail a votre adresse e-mail avec un autre compte. Connectez-vous avec ce compte, ou dites-le à l’administrateur de l’espace.',
  },
}
