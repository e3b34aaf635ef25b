import type { signOn as english } from '#web/messages/en/sign-on.ts'

export const signOn: typeof english = {
  tab: 'Single sign-on',
  provider: 'Identiteitsprovider',
  providerHint:
    'Je mensen melden zich aan met het account dat je organisatie hun geeft. Aanmelden met een wachtwoord blijft werken.',
  kind: 'Provider',
  kinds: {
    entra: 'Microsoft Entra ID',
    keycloak: 'Keycloak',
    google: 'Google Workspace',
    authentik: 'Authentik',
    other: 'Een andere (OpenID Connect)',
  },
  steps: {
    entra: [
      'Entra-beheercentrum, “App-registraties”, “Nieuwe registratie”: alleen accounts in deze directory, platform “Web”, met de redirect-URI hieronder.',
      'Het overzicht van de app toont de client-ID en de directory-ID (tenant), die in de issuer staat.',
      'Maak daarna een clientgeheim en kopieer de waarde ervan.',
      'Voeg bij “Tokenconfiguratie” de optionele claim “email” toe aan het ID-token; voeg in het manifest { "name": "xms_edov" } toe onder optionalClaims.idToken.',
    ],
    keycloak: [
      '“Clients”, “Create client”: OpenID Connect, “Client authentication” aan, “Standard flow”, met de redirect-URI hieronder.',
      'Het geheim staat op het tabblad “Credentials”.',
      'Bij gebruikers moet “Email verified” aan staan.',
    ],
    google: [
      'Google Cloud-console, “Google Auth Platform”, “Clients”: een webapplicatie met de redirect-URI hieronder, en als doelgroep “Internal”.',
    ],
    authentik: [
      '“Applications”, “Create with provider”: OAuth2/OpenID, confidential, met een ondertekeningssleutel en de redirect-URI hieronder.',
      'De issuer eindigt op een schuine streep.',
    ],
    other: [
      'Registreer een webapplicatie voor de authorization-code-flow met PKCE, met de redirect-URI hieronder en de scopes openid, email en profile.',
    ],
  },
  redirectUri: 'Redirect-URI',
  redirectUriHint: 'Vul die precies zo in bij de provider.',
  issuer: 'Issuer',
  issuerHint: example => `Ziet eruit als ${example}`,
  clientId: 'Client-ID',
  clientSecret: 'Clientgeheim',
  secretKept: 'Laat leeg om het huidige te houden.',
  secretNew: 'Bij een andere issuer of client hoort een ander geheim: vul het in.',
  publicClient: 'De provider gaf geen geheim (publieke client)',
  role: 'Rol van nieuwe leden',
  roleHint: 'Wie voor het eerst komt, wordt lid met deze rol. Zo wordt niemand beheerder.',
  connect: 'Verbinden',
  connected: 'De provider is verbonden. Voeg nu de domeinen van je mensen toe.',
  otherIssuer: 'Wie via de provider is aangemeld, moet zich opnieuw aanmelden.',
  notYours: 'Over single sign-on beslist wie alles mag in de werkruimte, want ook beheerders melden zich ermee aan.',
  notConnected: 'Er is geen identiteitsprovider verbonden',
  faults: {
    address: 'Dit adres kan niet: het begint met https://, zonder poort, en ligt op het openbare internet.',
    unanswered: 'De provider antwoordt niet. Controleer het adres of probeer het zo meteen opnieuw.',
    'no-provider': 'Op dit adres is geen OpenID Connect-provider, of hij heet anders.',
    'other-name': 'De provider heet anders: vul de issuer in zoals die in zijn metadata staat.',
    incomplete: 'De provider zegt niet alles wat nodig is om je ermee aan te melden.',
  },
  domains: 'Domeinen',
  domainsHint:
    'De provider brengt alleen mensen met een adres in een domein waarvan je hebt aangetoond dat het van jou is.',
  noDomains: 'Nog niemand kan zich via de provider aanmelden: voeg het domein van je e-mailadressen toe.',
  domain: 'Domein',
  domainHint: 'Wat achter de @ staat, zoals acme.example',
  addDomain: 'Domein toevoegen',
  domainBad: 'Een domein van jezelf, zoals acme.example. Maildiensten voor iedereen kunnen niet.',
  domainThere: 'Het staat al in de lijst.',
  verified: day => `Geverifieerd op ${day}`,
  unverified: 'Nog niet geverifieerd',
  recordHint:
    'Voeg dit record toe aan de DNS van het domein en verifieer dan. Het kan enkele minuten duren voor het zichtbaar is.',
  recordName: 'Naam',
  recordType: 'Type',
  recordValue: 'Waarde',
  verify: 'Verifiëren',
  isVerified: domain => `${domain} is geverifieerd. Mensen met zo’n adres kunnen zich nu aanmelden.`,
  records: {
    absent: name => `Er is nog geen TXT-record op ${name}. Het kan enkele minuten duren voor het zichtbaar is.`,
    different: name => `Het TXT-record op ${name} zegt iets anders. Vul de waarde precies zo in als ze hier staat.`,
    unanswered: _name => 'De naamservers van het domein antwoorden niet. Probeer het over enkele minuten opnieuw.',
  },
  domainTaken: 'Een andere werkruimte heeft aangetoond dat het domein van haar is. Daar moet het eerst weg.',
  removeOf: domain => `${domain} verwijderen`,
  removeTitle: domain => `${domain} verwijderen?`,
  removeText:
    'Niemand met zo’n adres kan zich nog via de provider aanmelden. Wie ermee is aangemeld, moet zich opnieuw aanmelden.',
  removeUnverified:
    'Het record in de DNS geldt dan niet meer: voeg je het domein opnieuw toe, dan krijgt het een ander.',
  disconnectTitle: 'Loskoppelen',
  disconnectHint: 'Leden blijven lid en melden zich aan met een wachtwoord.',
  disconnect: 'Provider loskoppelen',
  disconnectAsk: 'De provider loskoppelen?',
  disconnectText:
    'De domeinen gaan mee weg, en wie ermee is aangemeld, wordt afgemeld. Leden blijven; wie nog geen wachtwoord heeft, krijgt er een door het te herstellen.',
  disconnected: 'De provider is losgekoppeld.',
  signIn: 'Verder met de aanmelding van je organisatie',
  signInTitle: 'Aanmelden via je organisatie',
  signInHint: 'We brengen je naar de pagina waar je organisatie je aanmeldt.',
  who: 'E-mailadres of werkruimte',
  whoHint: 'Je adres op het werk, of de naam van de werkruimte zoals die in haar adres staat',
  whoBad: 'Dit is geen e-mailadres en geen werkruimte',
  proceed: 'Verder',
  withPassword: 'Aanmelden met een wachtwoord',
  nobody: 'Hiervoor is geen aanmelding van een organisatie bekend. Controleer het, of meld je aan met een wachtwoord.',
  unavailable: 'De aanmelding van je organisatie antwoordt niet. Probeer het zo meteen opnieuw, of meld je anders aan.',
  problems: {
    'sign-on-expired': 'Dat duurde te lang, of begon in een andere browser. Probeer het opnieuw.',
    'sign-on-refused': 'Je organisatie heeft je niet aangemeld. Vraag haar beheerder om toegang tot Kontor.',
    'sign-on-failed':
      'Wat de aanmelding van je organisatie ons vertelde, klopte niet. Zeg het de beheerder van je werkruimte.',
    'provider-unavailable':
      'De aanmelding van je organisatie antwoordt niet. Probeer het zo meteen opnieuw, of meld je anders aan.',
    'email-missing':
      'De aanmelding van je organisatie gaf ons je e-mailadres niet. Zeg het de beheerder van je werkruimte.',
    'email-unverified':
      'De aanmelding van je organisatie zegt niet dat je e-mailadres bevestigd is. Bevestig het daar, of zeg het haar beheerder.',
    'domain-unverified':
      'Je e-mailadres ligt in geen van de domeinen die deze werkruimte heeft geverifieerd. Meld je aan met je adres op het werk, of zeg het de beheerder van de werkruimte.',
    'member-inactive': 'Je bent in deze werkruimte gedeactiveerd. Vraag het een van haar beheerders.',
    'address-taken':
      'Een lid van deze werkruimte met een ander account heeft jouw e-mailadres. Meld je met dat account aan, of zeg het de beheerder van de werkruimte.',
  },
}
