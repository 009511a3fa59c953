/** A stack with this tag, of the value `true`, takes stubs: every client that deploys can give tags. */
export const STUB_TAG = 'postern:stub-unsupported'
