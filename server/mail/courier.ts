import { createTransport } from 'nodemailer'

export type Message = {
  to: string
  subject: string
  text: string
  html?: string
  message_id?: string
  reply_to?: string
  headers?: Record<string, string>
}

/** Carries mail out. Without SMTP nothing leaves: `works` is false and messages stay readable in the Outbox. */
export type Courier = { works: boolean; send(message: Message): Promise<void>; close(): void }

/** In: the SMTP address (smtp://user:pass@host:port) or null, and the sender. Errors of `send`: the server's own words. */
export function openCourier(smtp_url: string | null, from: string): Courier {
  if (!smtp_url) return { works: false, send: () => Promise.reject(new Error('Email is not set up.')), close() {} }
  const transport = createTransport(smtp_url, {
    from,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object)
  return {
    works: true,
    async send({ message_id, reply_to, ...rest }) {
      await transport.sendMail({
        ...rest,
        from,
        ...(message_id ? { messageId: `<${message_id}>` } : {}),
        ...(reply_to ? { replyTo: reply_to } : {}),
      })
    },
    close: () => transport.close(),
  }
}
