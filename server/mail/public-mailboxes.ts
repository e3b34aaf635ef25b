// Providers where anybody gets an address: sharing such a domain says nothing about who people are to each other.
const providers = new Set(
  `aol.com arcor.de att.net bluewin.ch btinternet.com caramail.com chello.at comcast.net duck.com eclipso.de email.com
  fastmail.com fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hetnet.nl
  hey.com hotmail.be hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl hushmail.com
  icloud.com inbox.lv interia.pl kpnmail.nl laposte.net libero.it live.be live.co.uk live.com live.de live.fr live.nl
  mac.com mail.com mail.de mail.ru mailbox.org mailfence.com mailinator.com me.com msn.com o2.pl onet.pl orange.fr
  outlook.be outlook.com outlook.de outlook.es outlook.fr outlook.it planet.nl pm.me posteo.de posteo.net proton.me
  protonmail.ch protonmail.com proximus.be qq.com rediffmail.com rocketmail.com runbox.com sapo.pt seznam.cz sfr.fr
  skynet.be startmail.com t-online.de telenet.be tiscali.it tuta.com tuta.io tutamail.com tutanota.com tutanota.de
  verizon.net virgilio.it virginmedia.com voila.fr wanadoo.fr web.de wp.pl xs4all.nl yahoo.be yahoo.co.uk yahoo.com
  yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zeelandnet.nl ziggo.nl zoho.com zoho.eu 163.com`.split(
    /\s+/,
  ),
)

/** Whether a registrable domain belongs to a provider of mailboxes for the public. */
export function isPublicMailbox(domain: string): boolean {
  return providers.has(domain)
}
