import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ReadSnippet } from '#core/macros/include.ts'
import { failed } from '#core/macros/refusal.ts'
import { readTemplate } from './template-file.ts'

/** Reads what a template includes from beside it, where `postern deploy` would package it from. What lies in S3 is for CloudFormation. */
export const localSnippets =
  (template: string): ReadSnippet =>
  (location) => {
    if (/^(s3|https?):\/\//.test(location)) return undefined
    const path = resolve(dirname(template), location)
    if (!existsSync(path)) throw failed('AWS::Include', `there is no ${location} beside the template`, undefined)
    return readTemplate(path).text
  }
