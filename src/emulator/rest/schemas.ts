/** What the routes take. Further fields are ignored, as the vendor ignores them: a later SDK may send more. */

const TEXT = { type: 'string', minLength: 1, maxLength: 100 };
const ANY_TEXT = { type: 'string', maxLength: 200 };

/** Clients that name a type with no content send null here, and nothing where they name none. */
const optional = (properties: object) => ({ type: ['object', 'null'], properties });

export const CREATE_USER = {
  body: {
    type: 'object',
    required: ['uid', 'name'],
    properties: { uid: TEXT, name: TEXT, withAuthToken: { type: 'boolean' } },
  },
};
/** The example on the vendor's page sends a string. */
export const DELETE_USER = { body: optional({ permanent: { enum: [true, false, 'true', 'false'] } }) };
export const RENAME_USER = { body: { type: 'object', required: ['name'], properties: { name: TEXT } } };
export const CALL_TOKEN = {
  body: { type: 'object', required: ['sessionId'], properties: { sessionId: TEXT } },
};
/** A login names the device it happens on. */
export const DEVICE = { body: optional({ platform: ANY_TEXT, deviceId: ANY_TEXT }) };
