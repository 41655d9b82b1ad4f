import { getRequestConfig } from 'next-intl/server'
import { currentLocale } from './current-locale.ts'
import { messagesOf } from './messages.ts'

/** next-intl's configuration of a request: its language and the texts. Times are shown in UTC until people can choose a zone. */
export default getRequestConfig(async () => {
  const locale = await currentLocale()
  return { locale, messages: messagesOf(locale), timeZone: 'UTC', now: new Date() }
})
