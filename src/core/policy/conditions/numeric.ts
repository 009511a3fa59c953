import { orderedOperators } from './ordered.ts'

export const numericOperators = orderedOperators('Numeric', (text) =>
  /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined,
)
