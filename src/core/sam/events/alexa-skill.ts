import { text } from '../properties.ts'
import type { EventSource } from './event-source.ts'
import { invokePermission } from './permission.ts'

export const alexaSkill: EventSource = {
  type: 'AlexaSkill',
  properties: { SkillId: text },

  transform({ id, properties }, { target }) {
    return [invokePermission(id, target, { principal: 'alexa-appkit.amazon.com', eventSourceToken: properties['SkillId'] })]
  },
}
