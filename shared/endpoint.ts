import type * as z from 'zod/mini'

/** Who may call: anyone; a signed-in person; a member of the team; a contact in a workspace (or a member viewing as one). */
export type Caller = 'anyone' | 'person' | 'team' | 'contact'

type Shape = z.ZodMiniObject
export type Endpoint<
  Params extends Shape | undefined = Shape | undefined,
  Query extends Shape | undefined = Shape | undefined,
  Body extends z.ZodMiniType | 'bytes' | undefined = z.ZodMiniType | 'bytes' | undefined,
  Output extends z.ZodMiniType | null = z.ZodMiniType | null,
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
  /** null: answers 204 with nothing. Fields that it does not name never leave. */
  output: Output
  /** What a contact reads through it, or 'nothing': a contact's endpoint without this does not compile. */
  reads?: string
}

/** Declares an endpoint; its types follow into server, client and API description. */
export function endpoint<
  Params extends Shape | undefined = undefined,
  Query extends Shape | undefined = undefined,
  Body extends z.ZodMiniType | 'bytes' | undefined = undefined,
  Output extends z.ZodMiniType | null = null,
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
/** What a handler returns and a caller gets. */
export type Answer<E> =
  E extends Endpoint<infer _P, infer _Q, infer _B, infer O>
    ? O extends z.ZodMiniType
      ? z.output<O>
      : undefined
    : never
