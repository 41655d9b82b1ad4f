import type { Endpoint } from '../endpoint.ts'
import { countries } from './countries.ts'
import { info } from './info.ts'
import { projects } from './projects.ts'
import { signToken } from './sign-token.ts'
import { signTokenVerify } from './sign-token-verify.ts'
import { userAddress } from './user-address.ts'
import { userAddressList } from './user-address-list.ts'
import { userInfo } from './user-info.ts'
import { users } from './users.ts'
import { whoami } from './whoami.ts'

/** Everything that the API does, on one screen. */
export const ENDPOINTS: readonly Endpoint[] = [
  info,
  projects,
  countries,
  signToken,
  signTokenVerify,
  userInfo,
  userAddressList,
  userAddress,
  users,
  whoami,
]
