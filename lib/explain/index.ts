// Owns why a request was decided as it was, in terms that lead to a change: the gate's checks in order, the cause, the clicks and places that
// mend it; for a logged request, and for one that nobody made. The checks themselves are lib/gate's, the rows lib/requests'.
export { explainRequest } from './explain-request.ts'
export { type PreviewedRequest, previewRequest } from './preview-request.ts'
export { type Explanation, FIX_ACTIONS, type Fix, type FixAction, type FixLink, type Step } from './types.ts'
