import type { FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import type { Endpoint } from '#shared/endpoint.ts'
import { endpoints } from '#shared/endpoints.ts'
import { Problem } from '#shared/problem.ts'

type Json = Record<string, unknown>
const schemaOf = (schema: z.ZodMiniType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json
  return rest
}

function parameters(endpoint: Endpoint): Json[] {
  const list = (where: 'path' | 'query', schema: z.ZodMiniObject | undefined): Json[] => {
    if (!schema) return []
    const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
      properties?: Record<string, Json>
      required?: string[]
    }
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      schema: property,
    }))
  }
  return [...list('path', endpoint.params), ...list('query', endpoint.query)]
}

function operation(endpoint: Endpoint): Json {
  const body =
    endpoint.body === 'bytes'
      ? { 'application/octet-stream': {} }
      : endpoint.body
        ? { 'application/json': { schema: schemaOf(endpoint.body, 'input') } }
        : null
  return {
    operationId: endpoint.id,
    summary: endpoint.says,
    'x-caller': endpoint.caller,
    security: endpoint.caller === 'anyone' ? [] : [{ session: [] }],
    parameters: parameters(endpoint),
    ...(body ? { requestBody: { required: true, content: body } } : {}),
    responses: {
      ...(endpoint.output === null
        ? { 204: { description: 'Done.' } }
        : {
            200: {
              description: 'Done.',
              content:
                endpoint.output === 'bytes'
                  ? { 'application/octet-stream': {} }
                  : { 'application/json': { schema: schemaOf(endpoint.output, 'output') } },
            },
          }),
      default: {
        description: 'A problem, in words.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

/** The API's description, from the same definitions that check every request. */
export function apiDescription(): Json {
  const paths: Record<string, Json> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Partnered',
      version: '1',
      description: 'Everything the product can do. Fields are the same here, in the database and on the screen.',
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'partnered' } },
    },
  }
}

export function describeApi(app: FastifyInstance): void {
  const description = JSON.stringify(apiDescription())
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json').send(description))
}
