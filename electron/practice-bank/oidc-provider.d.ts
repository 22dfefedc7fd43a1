// The part of oidc-provider 9 that the practice bank uses; the package ships no types. Imported where the library is, so that every room sees it.
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
  import type { TLSSocket } from 'node:tls';

  export type RequestContext = {
    readonly req: IncomingMessage & { readonly socket: TLSSocket };
    readonly path: string;
    status: number;
    type: string;
    body: unknown;
    readonly oidc: {
      readonly params?: { readonly claims?: string | undefined; readonly scope?: string | undefined };
      readonly client?: { readonly clientId: string };
      readonly result?: { readonly login?: unknown; readonly consent?: { readonly grantId: string } };
    };
  };

  export type ModelPayload = Record<string, unknown> & { grantId?: string; uid?: string; consumed?: unknown };

  export type Adapter = {
    upsert(id: string, payload: ModelPayload, expiresIn: number): Promise<void>;
    find(id: string): Promise<ModelPayload | undefined>;
    findByUid(uid: string): Promise<ModelPayload | undefined>;
    findByUserCode(userCode: string): Promise<ModelPayload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  };

  export type StoredToken = {
    readonly clientId: string;
    readonly accountId?: string;
    readonly grantId?: string;
    readonly scope?: string;
    readonly 'x5t#S256'?: string;
    destroy(): Promise<void>;
  };

  type TokenModel = { find(value: string): Promise<StoredToken | undefined> };

  export type Grant = {
    addOIDCScope(scope: string): void;
    addOIDCClaims(claims: readonly string[]): void;
    save(): Promise<string>;
  };

  export type InteractionDetails = {
    readonly uid: string;
    readonly prompt: { readonly name: string };
    readonly params: { readonly claims?: string; readonly scope?: string; readonly client_id?: string };
    readonly session?: { readonly accountId?: string };
  };

  export type InteractionResult =
    | { readonly login: { readonly accountId: string; readonly remember: boolean } }
    | { readonly consent: { readonly grantId: string } }
    | { readonly error: string; readonly error_description: string };

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    readonly AccessToken: TokenModel;
    readonly ClientCredentials: TokenModel;
    readonly RefreshToken: TokenModel;
    readonly Grant: new (properties: { accountId: string; clientId: string }) => Grant;
    callback(): RequestListener;
    use(middleware: (context: RequestContext, next: () => Promise<void>) => Promise<void>): this;
    on(event: string, listener: (...values: unknown[]) => void): this;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<InteractionDetails>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: InteractionResult): Promise<void>;
  }

  export const errors: {
    readonly InvalidRequest: new (description: string) => Error;
    readonly InvalidGrant: new (description: string) => Error;
  };

  export const interactionPolicy: {
    readonly Prompt: new (options: { name: string; requestable: boolean }, ...checks: unknown[]) => unknown;
    readonly Check: new (reason: string, description: string, check: (context: RequestContext) => boolean) => unknown;
  };
}
