/** Name and address of a person, as far as they let the client know: it must still have the scope, and they must have allowed it. */
export function disclosedTo(
  clientScopes: readonly string[],
  person: { name: string | null; email: string | null; scopes: readonly string[] | null },
): { name: string | null; email: string | null } {
  const may = (scope: string) => [scope, 'userinfo'].some((one) => clientScopes.includes(one) && person.scopes?.includes(one))
  return { name: may('profile') ? person.name : null, email: may('email') ? person.email : null }
}
