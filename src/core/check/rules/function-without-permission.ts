import { isList, isMap, type Value } from '../../template/value.ts'
import { apisOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import { placeIn, type Resource, type Subject, type Subjects } from '../subjects.ts'

/** API Gateway calls a function as itself, unless the method has credentials: the function's own policy must allow it. SAM's events see to that. */
export const functionWithoutPermission: Rule = {
  id: 'function-without-permission',
  level: 'error',
  title: 'a method over a function that API Gateway may not call',
  symptom: '500 `Internal server error`; the execution log says `Invalid permissions on Lambda function`',

  *find(subjects) {
    for (const { resource } of apisOf(subjects))
      for (const method of methodsWithFunctions(resource, subjects)) {
        if (isPermitted(method.function, resource.subject)) continue
        yield {
          at: method.place,
          cause: `the method calls function \`${method.function}\`, and no \`AWS::Lambda::Permission\` lets API Gateway do so`,
          mend: `add an \`AWS::Lambda::Permission\` for \`${method.function}\` with \`Principal: apigateway.amazonaws.com\`, or use a SAM event`,
        }
      }
  },
}

function methodsWithFunctions(api: Resource, subjects: Subjects) {
  return subjects.ofType('AWS::ApiGateway::Method').flatMap((method) => {
    const { RestApiId: owner, Integration: integration } = method.properties
    if (method.subject !== api.subject || !isMap(owner) || owner['Ref'] !== api.id || !isMap(integration)) return []
    if (integration['Credentials'] !== undefined || integration['Uri'] === undefined) return []
    const called = calledIn(integration['Uri'], api.subject)
    return called === undefined ? [] : [{ function: called, place: placeIn(method, 'Integration', 'Uri') }]
  })
}

/** The function of the same template that an integration's URI names. */
function calledIn(uri: Value, { resources }: Subject): string | undefined {
  const text = JSON.stringify(uri)
  if (!text.includes('/functions/') || text.includes('stageVariables')) return undefined
  return [...resources.values()].find(
    ({ id, type }) => type === 'AWS::Lambda::Function' && (text.includes(`\${${id}.Arn}`) || text.includes(`["${id}","Arn"]`)),
  )?.id
}

function isPermitted(functionId: string, { resources }: Subject): boolean {
  for (const { type, properties } of resources.values()) {
    if (type !== 'AWS::Lambda::Permission') continue
    const { FunctionName: name, Principal: principal } = properties
    if (typeof principal === 'string' && !principal.startsWith('apigateway.')) continue
    // A name that is written otherwise may be that of any function.
    if (!isMap(name) || isList(name['Fn::Sub']) || JSON.stringify(name).includes(functionId)) return true
  }
  return false
}
