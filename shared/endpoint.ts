import type * as z from 'zod/mini'

/** Who may call: anyone; a signed-in person; a member of the team; a contact in a workspace (or a member viewing as one). */
export type Caller = 'anyone' | 'person' | 'team' | 'contact'

type Shape = z.ZodMiniObject
export type Endpoint<
  Params extends Shape | undefined = Shape | undefined,
  Query extends Shape | undefined = Shape | undefined,
  Body extends z.ZodMiniType | 'bytes' | undefined = z.ZodMiniType | 'bytes' | undefined,
  Output extends z.ZodMiniType | 'bytes' | null = z.ZodMiniType | 'bytes' | null,
> = {
  /** verb_noun: the operation id of the API description. */
  id: string
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  caller: Caller
  /** One sentence for people who read the API. */
  says: string
  params?: Params
  query?: Query
  /** 'bytes': the raw body, as a file. */
  body?: Body
  /** How large a raw body may be, where that is less than usual: refused before it is held. */
  most_bytes?: number
  /** null: answers 204 with nothing. 'bytes': a file. Fields that it does not name never leave. */
  output: Output
  /** What a contact reads through it, or 'nothing': a contact's endpoint without this does not compile. */
  reads?: string
}

/** Declares an endpoint; its types follow into server, client and API description. */
export function endpoint<
  Params extends Shape | undefined = undefined,
  Query extends Shape | undefined = undefined,
  Body extends z.ZodMiniType | 'bytes' | undefined = undefined,
  Output extends z.ZodMiniType | 'bytes' | null = null,
>(it: Endpoint<Params, Query, Body, Output>): Endpoint<Params, Query, Body, Output> {
  return it
}

type In<T> = T extends z.ZodMiniType ? z.input<T> : T extends 'bytes' ? Blob : undefined
type Out<T> = T extends z.ZodMiniType ? z.output<T> : T extends 'bytes' ? Uint8Array : undefined

/** What a caller passes. */
export type Input<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _> ? { params: In<P>; query: In<Q>; body: In<B> } : never
/** What a handler is given, checked. */
export type Given<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _> ? { params: Out<P>; query: Out<Q>; body: Out<B> } : never
/** A file as a caller gets it. */
export type Download = { name: string; blob: Blob }
/** A file as a handler hands it out. Its transaction is committed before `send` is asked for the first piece. */
export type Bytes = {
  name: string
  media_type: string
  /** Where it is known before. */
  size?: number
  /** Names exactly these bytes, where that is known before: whoever has them is not sent them again. */
  etag?: string
  /** Shown in the page instead of saved. Only for what can run nothing. */
  inline?: boolean
  /** Writes piece after piece; `write` waits for a slow reader, and throws when the reader has left. */
  send(write: (piece: Uint8Array) => Promise<void>): Promise<void>
}
type Result<O, File> = O extends z.ZodMiniType ? z.output<O> : O extends 'bytes' ? File : undefined
/** What a caller gets. */
export type Answer<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer O> ? Result<O, Download> : never
/** What a handler returns. */
export type Returned<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer O> ? Result<O, Bytes> : never
