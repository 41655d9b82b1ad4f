import { Download } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { buttonClass } from '../ui/button-class.ts'

/** The link to the Postman collection, which is made from the OpenAPI document. */
export async function PostmanDownload() {
  const t = await getTranslations('docs.postman')
  return (
    <p className="my-4">
      {/* A file, not a page: nothing to fetch ahead. */}
      <a href="/docs/postman.json" download className={buttonClass('secondary')}>
        <Download aria-hidden />
        {t('download')}
      </a>
    </p>
  )
}
