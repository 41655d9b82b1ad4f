/** The parameter of an address that opens a request beside the list. */
export const OPEN_PARAMETER = 'open'
