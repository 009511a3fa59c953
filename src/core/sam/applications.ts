import { formatPosition, positionOfMember } from '../template/position.ts'
import type { ValueMap } from '../template/value.ts'
import { repositoryRegions } from './data/repository-regions.ts'
import { expectText, ofProperty } from './expect.ts'
import { json, repr } from './python.ts'
import { invalidResource, Refusal } from './refusal.ts'
import type { TransformContext } from './transform-context.ts'

/** What a template takes from the Serverless Application Repository. */
export interface Applications {
  /**
   * Where the template of the application is that a resource's `Location` names. Each version of an application is asked for once,
   * and a refusal is for all that name it: AWS reports it once, in the name of the first.
   */
  readonly templateUrl: (id: string, location: ValueMap) => string
  /** That templates are not ready yet. AWS says so last and of all at once, and names the applications as if they were the resource. */
  readonly unready: () => Refusal | undefined
}

export function applications(context: TransformContext): Applications {
  const answers = new Map<string, string | Refusal>()
  const pending: ValueMap[] = []
  return {
    templateUrl(id, location) {
      const key = json([location['ApplicationId'] ?? null, location['SemanticVersion'] ?? null])
      const answer = answers.get(key) ?? attempt(() => askFor(id, location, context, pending))
      answers.set(key, answer)
      if (answer instanceof Refusal) throw answer
      return answer
    },
    unready() {
      if (pending.length === 0) return undefined
      const ids = repr(pending.map((location) => location['ApplicationId']!))
      const text = 'Timed out waiting for nested stack templates to reach ACTIVE status.'
      return invalidResource(ids, text, positionOfMember(pending[0], 'ApplicationId'))
    },
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

function askFor(id: string, location: ValueMap, { region, applications: ask }: TransformContext, pending: ValueMap[]): string {
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
  if (answer.pending) pending.push(location)
  return answer.templateUrl
}
