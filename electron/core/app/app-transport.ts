// A client's transport straight into the app, for the command line and tests: the same envelope a window sends, without the window.
import type { WireRequest } from '../../../shared/ipc/call.ts';
import type { ClientTransport } from '../../../shared/ipc/client.ts';
import type { App } from './app.ts';

/** Carries calls of the command line to `app`. Values become JSON on the way, as they would from a window. */
export function createAppTransport(app: App): ClientTransport {
  return {
    call: async (channel, input) => {
      const request: WireRequest = { call: channel, input, session: null, window: null };
      const reply = await app.dispatch({ kind: 'command-line' }, JSON.stringify(request));
      return JSON.parse(JSON.stringify(reply)) as unknown;
    },
    subscribe: (channel, listener) =>
      app.onEvent((happened, payload) => {
        if (happened === channel) listener(payload);
      }),
  };
}
