// Owns outgoing mail: templates in both languages, the encrypted queue, delivery by SMTP.
// The jobs that call `sendMail` are lib/jobs; who gets which mail is up to the verbs that queue it.
export { type KeptMail, listKeptMail } from './list-kept-mail.ts'
export { queueMail } from './queue-mail.ts'
export { closeMail, dueMails, sendMail } from './send-mail.ts'
export { type MailParams, renderMail } from './templates.ts'
