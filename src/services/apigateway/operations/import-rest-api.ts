import { operation } from '#kit/operation.ts'
import { ImportRestApi } from '#services/models/apigateway.ts'
import { importRestApi } from '../import/import-rest-api.ts'
import { readDocument } from '../import/read-document.ts'
import { permission } from '../permissions.ts'
import { describeRestApi } from '../rest-apis.ts'

export default operation(ImportRestApi, {
  authorize: (_input, caller) => permission('POST', '/restapis', caller),

  run({ body, parameters, failOnWarnings }, caller, ports) {
    const { api, warnings } = importRestApi({ document: readDocument(body), parameters, failOnWarnings }, {}, caller, ports)
    return { ...describeRestApi(api, 'create'), ...(warnings.length > 0 && { warnings }) }
  },
})
