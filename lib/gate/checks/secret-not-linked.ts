import { passed, type StateCheck } from '../check.ts'

/** A secret that is linked to domains works on those only. */
export const secretNotLinked: StateCheck = {
  code: 'secret_not_linked',
  run: ({ snapshot }) =>
    snapshot.secret_linked
      ? passed
      : {
          ok: false,
          message: 'This secret is linked to other domains.',
          expected: 'a secret for this domain',
          received: 'a secret for others',
        },
}
