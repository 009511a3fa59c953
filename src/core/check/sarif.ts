import type { Finding } from './finding.ts'
import { rules } from './rules.ts'

/** What every finding of a template that AWS refuses as a whole is called. */
export const REFUSED = 'refused'

const DESCRIPTIONS = [
  {
    id: REFUSED,
    level: 'error',
    title: 'a template that AWS refuses',
    symptom: 'the deployment fails before anything is changed',
  },
  ...rules,
] as const

/**
 * Findings as a SARIF log, which code hosts show beside the lines.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(findings: readonly Finding[], version: string): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'postern',
            semanticVersion: version,
            rules: DESCRIPTIONS.map(({ id, level, title, symptom }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: `What one sees of it: ${symptom}` },
              defaultConfiguration: { level },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(resultOf),
      },
    ],
  }
}

function resultOf({ rule, level, file, path, position, cause, mend }: Finding): object {
  return {
    ruleId: rule,
    ruleIndex: DESCRIPTIONS.findIndex(({ id }) => id === rule),
    level,
    message: { text: mend ? `${cause}. To mend it: ${mend}.` : cause },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) },
          ...(position && { region: { startLine: position.line, startColumn: position.column } }),
        },
        ...(path && { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
  }
}
