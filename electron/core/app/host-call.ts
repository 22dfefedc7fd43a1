// What a handler of the host knows about the call it answers. It holds nothing the page said.

export interface HostCall {
  /** The window a person asked from, as the host saw it. @see app.ts windowOf */
  readonly window: string;
}
