/** Bytes of a template that comes from S3; a template in a request is limited by the operation's own model. */
export const MAX_TEMPLATE_BYTES = 1_048_576
/** Values in a template once its aliases are written out. Ours: AWS does not take aliases. */
export const MAX_VALUES = 500_000
/** Maps and lists inside each other. Ours: far beyond any template, and well within the stack of every runtime. */
export const MAX_DEPTH = 200

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
export const MAX_RESOURCES = 500
export const MAX_PARAMETERS = 200
export const MAX_OUTPUTS = 200
export const MAX_MAPPINGS = 200
