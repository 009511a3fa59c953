import { encodeBase64 } from '../../../template/intrinsics/base64.ts'
import { malformed } from '../refused.ts'
import { type EarlyFunction, known, left } from '../settled.ts'

export const base64: EarlyFunction = {
  name: 'Fn::Base64',

  settle(argument, scope, settle, at) {
    const text = settle(argument, scope)
    if (text.kind === 'left') return left({ 'Fn::Base64': text.value })
    if (text.kind === 'nothing' || typeof text.value === 'object') throw malformed('Fn::Base64', at)
    const encoded = encodeBase64(String(text.value))
    scope.budget.spend(encoded.length)
    return known(encoded)
  },
}
