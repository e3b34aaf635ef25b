/** Signing in with a workspace's own identity provider: its settings, and the way in. */
export const signOn = {
  tab: 'Single sign-on',
  provider: 'Identity provider',
  providerHint:
    'Your people sign in with the account that your organisation gives them. Signing in with a password goes on working.',
  kind: 'Provider',
  kinds: {
    entra: 'Microsoft Entra ID',
    keycloak: 'Keycloak',
    google: 'Google Workspace',
    authentik: 'Authentik',
    other: 'Another one (OpenID Connect)',
  },
  steps: {
    entra: [
      'Entra admin centre, “App registrations”, “New registration”: accounts in this directory only, platform “Web”, with the redirect URI below.',
      'The overview of the app shows its client ID, and the directory (tenant) ID that the issuer contains.',
      'Then make a client secret and copy its value.',
      'Under “Token configuration”, add the optional claim “email” to the ID token; in the manifest, add { "name": "xms_edov" } under optionalClaims.idToken.',
    ],
    keycloak: [
      '“Clients”, “Create client”: OpenID Connect, “Client authentication” on, “Standard flow”, with the redirect URI below.',
      'The secret stands in the tab “Credentials”.',
      'Users need “Email verified” to be on.',
    ],
    google: [
      'Google Cloud console, “Google Auth Platform”, “Clients”: a web application with the redirect URI below, and the audience “Internal”.',
    ],
    authentik: [
      '“Applications”, “Create with provider”: OAuth2/OpenID, confidential, with a signing key and the redirect URI below.',
      'The issuer ends with a slash.',
    ],
    other: [
      'Register a web application for the authorization code flow with PKCE, with the redirect URI below and the scopes openid, email and profile.',
    ],
  },
  redirectUri: 'Redirect URI',
  redirectUriHint: 'Enter it at the provider, exactly so.',
  issuer: 'Issuer',
  issuerHint: (example: string) => `Looks like ${example}`,
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  secretKept: 'Leave empty to keep the one we have.',
  secretNew: 'Another issuer or client has another secret: enter it.',
  publicClient: 'The provider gave no secret (public client)',
  role: 'Role of new members',
  roleHint: 'Whoever comes for the first time becomes a member with it. Nobody becomes an admin like that.',
  connect: 'Connect',
  connected: 'The provider is connected. Now add the domains of your people.',
  otherIssuer: 'Whoever is signed in with the provider has to sign in again.',
  notYours:
    'Single sign-on is decided on by those who may do everything in the workspace, because it signs in admins too.',
  notConnected: 'No identity provider is connected',
  faults: {
    address: 'This address is not taken: it begins with https://, without a port, and lies on the public internet.',
    unanswered: 'The provider does not answer. Check the address, or try again in a moment.',
    'no-provider': 'There is no OpenID Connect provider at this address, or it goes by another name.',
    'other-name': 'The provider goes by another name: enter its issuer as it stands in its metadata.',
    incomplete: 'The provider does not tell all that is needed to sign in with it.',
  },
  domains: 'Domains',
  domainsHint: 'The provider brings only people with an address in a domain that you have shown to be yours.',
  noDomains: 'Nobody can sign in with the provider yet: add the domain of your e-mail addresses.',
  domain: 'Domain',
  domainHint: 'What stands behind the @, such as acme.example',
  addDomain: 'Add domain',
  domainBad: 'A domain of your own, such as acme.example. Mail services for everybody are not taken.',
  domainThere: 'It is in the list already.',
  verified: (day: string) => `Verified ${day}`,
  unverified: 'Not verified yet',
  recordHint: 'Add this record to the DNS of the domain, then verify. It may take some minutes to be seen.',
  recordName: 'Name',
  recordType: 'Type',
  recordValue: 'Value',
  verify: 'Verify',
  isVerified: (domain: string) => `${domain} is verified. People with such an address can sign in now.`,
  records: {
    absent: (name: string) => `There is no TXT record at ${name} yet. It may take some minutes until it is seen.`,
    different: (name: string) =>
      `The TXT record at ${name} says something else. Enter the value exactly as it stands here.`,
    unanswered: (_name: string) => 'The name servers of the domain do not answer. Try again in some minutes.',
  },
  domainTaken: 'Another workspace has shown that the domain is its own. It has to be removed there first.',
  removeOf: (domain: string) => `Remove ${domain}`,
  removeTitle: (domain: string) => `Remove ${domain}?`,
  removeText:
    'Nobody with such an address can sign in with the provider any more. Whoever is signed in with it has to sign in again.',
  removeUnverified: 'Its record in the DNS is no longer good: added again, the domain gets another one.',
  disconnectTitle: 'Disconnect',
  disconnectHint: 'Members stay members, and sign in with a password.',
  disconnect: 'Disconnect provider',
  disconnectAsk: 'Disconnect the provider?',
  disconnectText:
    'Its domains go with it, and whoever is signed in with it is signed out. Members stay; whoever has no password yet gets one by resetting it.',
  disconnected: 'The provider is disconnected.',
  signIn: 'Continue with your organisation’s sign-in',
  signInTitle: 'Your organisation’s sign-in',
  signInHint: 'We lead you to the page where your organisation signs you in.',
  who: 'E-mail address or workspace',
  whoHint: 'Your address at work, or the name of the workspace as it stands in its address',
  whoBad: 'This is neither an e-mail address nor a workspace',
  proceed: 'Continue',
  withPassword: 'Sign in with a password',
  nobody: 'No sign-in of an organisation is known for this. Check it, or sign in with a password.',
  unavailable: 'Your organisation’s sign-in does not answer. Try again in a moment, or sign in another way.',
  problems: {
    'sign-on-expired': 'That took too long, or began in another browser. Please try again.',
    'sign-on-refused': 'Your organisation’s sign-in turned you away. Ask its administrator for access to Kontor.',
    'sign-on-failed':
      'What your organisation’s sign-in told us did not hold. Tell the administrator of your workspace.',
    'provider-unavailable':
      'Your organisation’s sign-in does not answer. Try again in a moment, or sign in another way.',
    'email-missing':
      'Your organisation’s sign-in did not tell us your e-mail address. Tell the administrator of your workspace.',
    'email-unverified':
      'Your organisation’s sign-in does not say that your e-mail address is confirmed. Confirm it there, or tell its administrator.',
    'domain-unverified':
      'Your e-mail address is in none of the domains that this workspace has verified. Sign in with your address at work, or tell the administrator of the workspace.',
    'member-inactive': 'You were deactivated in this workspace. Ask one of its administrators.',
    'address-taken':
      'A member of this workspace with another account has your e-mail address. Sign in with that account, or tell the administrator of the workspace.',
  },
}
