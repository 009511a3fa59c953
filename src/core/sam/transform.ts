import { positionOf, positionOfMember } from '../template/position.ts'
import { isMap, type ValueMap } from '../template/value.ts'
import { partitionOf } from './arn.ts'
import { copyOf, member, put } from './copy.ts'
import { allowance, checkExtent } from './extent.ts'
import { generatedInto } from './generate.ts'
import { mergeGlobals } from './globals.ts'
import { knownValues } from './known-values.ts'
import { resolveApplicationLocations } from './plugins/application-locations.ts'
import { addDefaultDefinitions } from './plugins/default-definition-body.ts'
import { addImplicitApi } from './plugins/implicit-api.ts'
import { implicitHttpApi } from './plugins/implicit-http-api.ts'
import { implicitRestApi } from './plugins/implicit-rest-api.ts'
import { settleOrder } from './python2/template-order.ts'
import { DocumentRefusal, invalidDocument, Refusal, type TransformCause } from './refusal.ts'
import { checkStructure } from './structure.ts'
import type { TransformContext } from './transform-context.ts'

export type { TransformCause, TransformContext }

export type TransformResult =
  | { ok: true; template: ValueMap }
  | {
      ok: false
      /** `Invalid Serverless Application Specification document. Number of errors found: …`, with all causes. */
      message: string
      causes: readonly TransformCause[]
    }

/**
 * Turns the SAM resources of a template into CloudFormation, as `AWS::Serverless-2016-10-31` does. What the user wrote keeps its
 * place in the text; what is generated has the place of the SAM resource that it comes from. The template is left as it is.
 */
export function transform(template: ValueMap, context: TransformContext): TransformResult {
  try {
    const spend = allowance()
    checkExtent(template, spend)
    const working = copyOf(template)
    checkStructure(working)
    settleOrder(working)
    const known = knownValues(parametersOf(working, context), mappingsOf(working), spend)
    resolveApplicationLocations(working, known)
    addDefaultDefinitions(working)
    addImplicitApi(working, implicitRestApi)
    addImplicitApi(working, implicitHttpApi)
    mergeGlobals(working)
    const { output, refusals } = generatedInto(working, known, spend, context)
    return refusals.length > 0 ? refused(refusals, template) : { ok: true, template: output }
  } catch (error) {
    if (error instanceof DocumentRefusal) return refused(error.causes, template)
    // What is refused before the first resource is transformed is refused alone.
    if (error instanceof Refusal) return refused([error], template)
    throw error
  }
}

function parametersOf(template: ValueMap, { parameters, region }: TransformContext): ValueMap {
  const values: ValueMap = copyOf({ ...parameters })
  const declared = template['Parameters']
  for (const [name, declaration] of Object.entries(isMap(declared) ? declared : {})) {
    if (Object.hasOwn(values, name) || !isMap(declaration) || declaration['Default'] === undefined) continue
    put(values, name, copyOf(declaration['Default']))
  }
  return { 'AWS::Region': region, 'AWS::Partition': partitionOf(region), ...values }
}

function mappingsOf(template: ValueMap): ValueMap {
  const { Mappings: mappings } = template
  if (mappings === undefined) return {}
  if (isMap(mappings)) return mappings
  const at = positionOfMember(template, 'Mappings')
  throw invalidDocument("'Mappings' or 'Parameters' is either null or not a valid dictionary.", at)
}

function refused(refusals: readonly Refusal[], template: ValueMap): TransformResult {
  const distinct = [...new Map(refusals.map((refusal) => [refusal.message, refusal])).values()]
  distinct.sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0))
  const count = `Invalid Serverless Application Specification document. Number of errors found: ${distinct.length}.`
  return {
    ok: false,
    message: [count, ...distinct.map(({ message }) => message)].join(' '),
    causes: distinct.map((refusal) => causeOf(refusal, template)),
  }
}

function causeOf({ message, resource, position, around }: Refusal, template: ValueMap): TransformCause {
  const { Resources: resources } = template
  const elsewhere = resource !== around?.resource && isMap(resources) ? member(resources, resource ?? '') : undefined
  const at = position ?? positionOf(elsewhere) ?? around?.position ?? positionOf(template)
  return { message, ...(resource !== undefined && { resource }), ...(at && { position: at }) }
}
