import { formatPosition, positionOfMember } from '../template/position.ts'
import type { ValueMap } from '../template/value.ts'
import { repositoryRegions } from './data/repository-regions.ts'
import { expectText, ofProperty } from './expect.ts'
import { json } from './python.ts'
import { invalidResource, Refusal } from './refusal.ts'
import type { TransformContext } from './transform-context.ts'

/**
 * Answers where the template of the application is that a resource's `Location` names. Each version of an application is asked for
 * once, and a refusal is for all that name it: AWS reports it once, in the name of the first.
 */
export type Applications = (id: string, location: ValueMap) => string

export function applications(context: TransformContext): Applications {
  const answers = new Map<string, string | Refusal>()
  return (id, location) => {
    const key = json([location['ApplicationId'] ?? null, location['SemanticVersion'] ?? null])
    const answer = answers.get(key) ?? attempt(() => templateUrl(id, location, context))
    answers.set(key, answer)
    if (answer instanceof Refusal) throw answer
    return answer
  }
}

function attempt(ask: () => string): string | Refusal {
  try {
    return ask()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const DYNAMIC_REFERENCE = /\{\{resolve:ssm:[a-zA-Z0-9_.\-/]+(:\d+)?\}\}/

function templateUrl(id: string, location: ValueMap, { region, applications: ask }: TransformContext): string {
  const application = expectText(location['ApplicationId'], ofProperty(id), 'Location.ApplicationId')
  const version = expectText(location['SemanticVersion'], ofProperty(id), 'Location.SemanticVersion')
  const at = positionOfMember(location, 'ApplicationId')
  const refuse = (text: string) => invalidResource(id, text, at)
  if (!repositoryRegions.has(region)) throw refuse('Serverless Application Repository is not available in this region.')
  if (DYNAMIC_REFERENCE.test(application)) {
    // The spelling is AWS's.
    throw refuse("Serverless Application Repostiory does not support dynamic reference in 'ApplicationId' property.")
  }
  if (!ask) {
    throw refuse(
      `application \`${application}\` is in the Serverless Application Repository, which cannot be reached from here; ` +
        `give the URL of its template as \`Location\` instead${at ? ` (${formatPosition(at)})` : ''}`,
    )
  }
  const answer = ask(application, version)
  if ('refusal' in answer) throw refuse(answer.refusal)
  return answer.templateUrl
}
