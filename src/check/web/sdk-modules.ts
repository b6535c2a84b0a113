/** The two objects that the SDKs export. */
export type SdkName = 'CometChatCalls' | 'CometChat';

interface SdkModule {
  readonly owner: SdkName;
  /** Where its declarations stand in the program. */
  readonly file: string;
  readonly text: string;
}

/** Of any member: which members there are is a matter of `sdk-members.ts`, and one of the findings. */
const declare = (owner: SdkName, others: string) => `
export declare class ${owner} { static [member: string]: any; }
declare const all: { ${owner}: typeof ${owner} };
export default all;
export declare const ${others};
`;

const CALLS: SdkModule = {
  owner: 'CometChatCalls',
  file: '/sdk/calls.d.ts',
  text: declare('CometChatCalls', 'CallUser: any, CallGroup: any, CallLog: any, CallLogRequestBuilder: any'),
};

const CHAT: SdkModule = {
  owner: 'CometChat',
  file: '/sdk/chat.d.ts',
  text: declare('CometChat', 'CometChatNotifications: any'),
};

/** Of script tags, whose SDKs are on `window`. */
const SDK_GLOBALS = {
  file: '/sdk/globals.d.ts',
  text: `
declare var CometChatCalls: typeof import('@cometchat/calls-sdk-javascript').CometChatCalls;
declare var CometChat: typeof import('@cometchat/chat-sdk-javascript').CometChat;
interface Window {
  CometChatCalls: typeof import('@cometchat/calls-sdk-javascript').CometChatCalls;
  CometChat: typeof import('@cometchat/chat-sdk-javascript').CometChat;
}
`,
};

/** By the specifier that is imported. Older names of the chat SDK count too. */
const MODULES: Readonly<Record<string, SdkModule>> = {
  '@cometchat/calls-sdk-javascript': CALLS,
  '@cometchat-pro/web-calls': CALLS,
  '@cometchat/chat-sdk-javascript': CHAT,
  '@cometchat-pro/chat': CHAT,
};

/** The SDK's module behind a specifier; `…@5/+esm` of a CDN and a path inside of the package are the same module. */
export function sdkModuleOf(specifier: string): SdkModule | null {
  const name = Object.keys(MODULES).find(each => {
    const at = specifier.indexOf(each);
    const isPackage = at === 0 || /^https?:/.test(specifier);
    return at >= 0 && isPackage && /^($|[/@])/.test(specifier.slice(at + each.length));
  });
  return name ? (MODULES[name] ?? null) : null;
}

export const SDK_FILES: readonly { file: string; text: string }[] = [CALLS, CHAT, SDK_GLOBALS];

/** Which SDK's module or globals a file of the program declares. */
export function sdkOfFile(file: string): SdkName | null {
  return [CALLS, CHAT].find(each => each.file === file)?.owner ?? null;
}
