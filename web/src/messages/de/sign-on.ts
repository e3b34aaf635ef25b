import type { signOn as english } from '#web/messages/en/sign-on.ts'

export const signOn: typeof english = {
  tab: 'Single Sign-on',
  provider: 'Identitätsanbieter',
  providerHint:
    'Ihre Leute melden sich mit dem Konto an, das sie von Ihrer Organisation haben. Die Anmeldung mit Passwort bleibt möglich.',
  kind: 'Anbieter',
  kinds: {
    entra: 'Microsoft Entra ID',
    keycloak: 'Keycloak',
    google: 'Google Workspace',
    authentik: 'Authentik',
    other: 'Ein anderer (OpenID Connect)',
  },
  steps: {
    entra: [
      'Entra Admin Center, „App-Registrierungen“, „Neue Registrierung“: nur Konten in diesem Verzeichnis, Plattform „Web“, mit dem Redirect-URI unten.',
      'Die Übersicht der App zeigt ihre Client-ID und die Verzeichnis-ID (Mandant), die im Issuer steht.',
      'Erzeugen Sie dann einen geheimen Clientschlüssel und kopieren Sie seinen Wert.',
      'Fügen Sie unter „Tokenkonfiguration“ dem ID-Token den optionalen Anspruch „email“ hinzu, und im Manifest unter optionalClaims.idToken { "name": "xms_edov" }.',
    ],
    keycloak: [
      '„Clients“, „Create client“: OpenID Connect, „Client authentication“ an, „Standard flow“, mit dem Redirect-URI unten.',
      'Das Geheimnis steht im Reiter „Credentials“.',
      'Bei Benutzern muss „Email verified“ an sein.',
    ],
    google: [
      'Google-Cloud-Konsole, „Google Auth Platform“, „Clients“: eine Webanwendung mit dem Redirect-URI unten und der Zielgruppe „Internal“.',
    ],
    authentik: [
      '„Applications“, „Create with provider“: OAuth2/OpenID, confidential, mit einem Signaturschlüssel und dem Redirect-URI unten.',
      'Der Issuer endet mit einem Schrägstrich.',
    ],
    other: [
      'Registrieren Sie eine Webanwendung für den Authorization-Code-Flow mit PKCE, mit dem Redirect-URI unten und den Scopes openid, email und profile.',
    ],
  },
  redirectUri: 'Redirect-URI',
  redirectUriHint: 'Genau so beim Anbieter eintragen.',
  issuer: 'Issuer',
  issuerHint: example => `Sieht aus wie ${example}`,
  clientId: 'Client-ID',
  clientSecret: 'Client-Geheimnis',
  secretKept: 'Leer lassen, um das jetzige zu behalten.',
  secretNew: 'Zu einem anderen Issuer oder Client gehört ein anderes Geheimnis: Geben Sie es ein.',
  publicClient: 'Der Anbieter hat kein Geheimnis vergeben (öffentlicher Client)',
  role: 'Rolle neuer Mitglieder',
  roleHint: 'Wer zum ersten Mal kommt, wird damit Mitglied. Administrator wird so niemand.',
  connect: 'Verbinden',
  connected: 'Der Anbieter ist verbunden. Fügen Sie nun die Domains Ihrer Leute hinzu.',
  otherIssuer: 'Wer über den Anbieter angemeldet ist, muss sich neu anmelden.',
  notYours:
    'Über Single Sign-on entscheidet, wer im Arbeitsbereich alles darf, denn auch Administratoren melden sich damit an.',
  notConnected: 'Es ist kein Identitätsanbieter verbunden',
  faults: {
    address: 'Diese Adresse geht nicht: Sie beginnt mit https://, ohne Port, und liegt im öffentlichen Internet.',
    unanswered: 'Der Anbieter antwortet nicht. Prüfen Sie die Adresse, oder versuchen Sie es gleich noch einmal.',
    'no-provider': 'Unter dieser Adresse ist kein OpenID-Connect-Anbieter, oder er heißt anders.',
    'other-name': 'Der Anbieter heißt anders: Geben Sie den Issuer so ein, wie er in seinen Metadaten steht.',
    incomplete: 'Der Anbieter nennt nicht alles, was zur Anmeldung bei ihm nötig ist.',
  },
  domains: 'Domains',
  domainsHint: 'Der Anbieter bringt nur Leute mit einer Adresse in einer Domain, die nachweislich Ihre ist.',
  noDomains: 'Noch kann sich niemand über den Anbieter anmelden: Fügen Sie die Domain Ihrer E-Mail-Adressen hinzu.',
  domain: 'Domain',
  domainHint: 'Was hinter dem @ steht, etwa acme.example',
  addDomain: 'Domain hinzufügen',
  domainBad: 'Eine eigene Domain, etwa acme.example. Maildienste für alle gehen nicht.',
  domainThere: 'Sie steht schon in der Liste.',
  verified: day => `Bestätigt am ${day}`,
  unverified: 'Noch nicht bestätigt',
  recordHint:
    'Tragen Sie dies im DNS der Domain ein, und bestätigen Sie dann. Es kann einige Minuten dauern, bis es zu sehen ist.',
  recordName: 'Name',
  recordType: 'Typ',
  recordValue: 'Wert',
  verify: 'Bestätigen',
  isVerified: domain => `${domain} ist bestätigt. Wer eine solche Adresse hat, kann sich jetzt anmelden.`,
  records: {
    absent: name =>
      `Unter ${name} gibt es noch keinen TXT-Eintrag. Es kann einige Minuten dauern, bis er zu sehen ist.`,
    different: name =>
      `Der TXT-Eintrag unter ${name} sagt etwas anderes. Übernehmen Sie den Wert genau so, wie er hier steht.`,
    unanswered: _name => 'Die Nameserver der Domain antworten nicht. Versuchen Sie es in einigen Minuten erneut.',
  },
  domainTaken:
    'Ein anderer Arbeitsbereich hat nachgewiesen, dass die Domain ihm gehört. Sie muss zuerst dort entfernt werden.',
  removeOf: domain => `${domain} entfernen`,
  removeTitle: domain => `${domain} entfernen?`,
  removeText:
    'Niemand mit einer solchen Adresse kann sich mehr über den Anbieter anmelden. Wer darüber angemeldet ist, muss sich neu anmelden.',
  removeUnverified: 'Ihr Eintrag im DNS gilt dann nicht mehr: Wieder hinzugefügt, bekommt die Domain einen anderen.',
  disconnectTitle: 'Trennen',
  disconnectHint: 'Mitglieder bleiben Mitglieder und melden sich mit einem Passwort an.',
  disconnect: 'Anbieter trennen',
  disconnectAsk: 'Den Anbieter trennen?',
  disconnectText:
    'Seine Domains gehen mit, und wer darüber angemeldet ist, wird abgemeldet. Mitglieder bleiben; wer noch kein Passwort hat, bekommt eines, indem er es zurücksetzt.',
  disconnected: 'Der Anbieter ist getrennt.',
  signIn: 'Weiter mit der Anmeldung Ihrer Organisation',
  signInTitle: 'Anmeldung Ihrer Organisation',
  signInHint: 'Wir führen Sie auf die Seite, auf der Ihre Organisation Sie anmeldet.',
  who: 'E-Mail-Adresse oder Arbeitsbereich',
  whoHint: 'Ihre Adresse bei der Arbeit, oder der Name des Arbeitsbereichs, wie er in dessen Adresse steht',
  whoBad: 'Das ist weder eine E-Mail-Adresse noch ein Arbeitsbereich',
  proceed: 'Weiter',
  withPassword: 'Mit einem Passwort anmelden',
  nobody:
    'Dafür ist keine Anmeldung einer Organisation bekannt. Prüfen Sie es, oder melden Sie sich mit einem Passwort an.',
  unavailable:
    'Die Anmeldung Ihrer Organisation antwortet nicht. Versuchen Sie es gleich noch einmal, oder melden Sie sich anders an.',
  problems: {
    'sign-on-expired':
      'Das hat zu lange gedauert oder in einem anderen Browser begonnen. Bitte versuchen Sie es erneut.',
    'sign-on-refused': 'Ihre Organisation hat Sie abgewiesen. Bitten Sie deren Administrator um Zugang zu Kontor.',
    'sign-on-failed':
      'Was die Anmeldung Ihrer Organisation uns sagte, stimmte nicht. Sagen Sie es dem Administrator Ihres Arbeitsbereichs.',
    'provider-unavailable':
      'Die Anmeldung Ihrer Organisation antwortet nicht. Versuchen Sie es gleich noch einmal, oder melden Sie sich anders an.',
    'email-missing':
      'Die Anmeldung Ihrer Organisation hat uns Ihre E-Mail-Adresse nicht genannt. Sagen Sie es dem Administrator Ihres Arbeitsbereichs.',
    'email-unverified':
      'Die Anmeldung Ihrer Organisation sagt nicht, dass Ihre E-Mail-Adresse bestätigt ist. Bestätigen Sie sie dort, oder sagen Sie es deren Administrator.',
    'domain-unverified':
      'Ihre E-Mail-Adresse liegt in keiner der Domains, die dieser Arbeitsbereich bestätigt hat. Melden Sie sich mit Ihrer Adresse bei der Arbeit an, oder sagen Sie es dem Administrator des Arbeitsbereichs.',
    'member-inactive':
      'Sie wurden in diesem Arbeitsbereich deaktiviert. Wenden Sie sich an einen seiner Administratoren.',
    'address-taken':
      'Ein Mitglied dieses Arbeitsbereichs hat mit einem anderen Konto Ihre E-Mail-Adresse. Melden Sie sich mit diesem Konto an, oder sagen Sie es dem Administrator des Arbeitsbereichs.',
  },
}
