/** Remarks of people and programs about a secret, in place of it: `token: expired`, `password: must be a string`. */
const said = new Set(
  (
    'is are was were be been has have had does do did must should shall can cannot could will would may might not no none null nil ' +
    'undefined true false yes nan required missing expired expires invalid valid failed failure fails wrong incorrect unauthorized ' +
    'unauthorised forbidden denied rejected refused accepted unknown unexpected expected error errors empty blank too at in for from of ' +
    'to the a an and or with without by on as it its this that these your you we they please enter provide string strings number boolean object array ' +
    'any void function async await new typeof path cast validation permission access request requests response login logout mismatch ' +
    'mismatched changed change changing reset resetting updated update deleted created create creating revoked rotated found given ' +
    'provided supplied ok okay done success successful succeeded disabled enabled optional default type unsupported malformed bad ' +
    'already after before because when if while via using use only loading loaded generated generating stored saved sent received ' +
    'verified verifying verification matches match contains containing length minimum maximum unable unset set redacted hidden ' +
    'masked filtered omitted encrypted hashed needed needs user username email field value property parameter option header middleware ' +
    "don't doesn't can't isn't won't wasn't didn't date buffer uint8array symbol bigint unique varchar text char self redacted " +
    'authentication authorization authenticated signature cannot never always all some one two see try check closed open opened ' +
    'destroyed ended started starting connected disconnected refresh refreshed refreshing renewed read write list delete get post put protected secured ' +
    'both either neither than there here what which who how why invalid_token token_expired pair policy manager strength column'
  ).split(' '),
)

/** Words for an absent value. */
const nothing = new Set([
  'null',
  'undefined',
  'nil',
  'none',
  'true',
  'false',
  'yes',
  'no',
  'nan',
  '',
  '-',
  '--',
  'string',
  'boolean',
  'number',
])

/** Names of fields that stand in a list beside a secret one. */
const fields = new Set(
  'email name username user id first_name last_name firstname lastname phone address role roles token session password password_confirmation confirm createdat updatedat created_at updated_at code state type grant_type client_id scope redirect_uri'.split(
    ' ',
  ),
)

/** Marks of code: an expression stands there. */
const roots = new Set(
  'req request res response this process config options opts env ctx context body params props args settings headers input event import module exports'.split(
    ' ',
  ),
)

export const isSaid = (word: string): boolean => said.has(word.toLowerCase())

export const isNothing = (word: string): boolean => nothing.has(word.toLowerCase())

export const isField = (word: string): boolean => fields.has(word.toLowerCase())

/** `req.body.password`, `process.env.TOKEN` */
export const isExpression = (text: string): boolean => {
  const dot = text.indexOf('.')
  return dot > 0 && dot < 12 && roots.has(text.slice(0, dot))
}
