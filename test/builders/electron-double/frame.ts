// A page's frame in the double of Electron: a script world with an origin. It has no DOM worth the name.
import { createContext, runInContext, type Context } from 'node:vm';

export class FrameDouble {
  readonly origin: string;
  readonly context: Context;

  constructor(origin: string) {
    this.origin = origin;
    const page = new EventTarget();
    this.context = createContext({
      addEventListener: page.addEventListener.bind(page),
      dispatchEvent: page.dispatchEvent.bind(page),
      location: { origin, href: `${origin}/` },
      document: { body: { dataset: { loaded: '1' } } },
      Promise,
    });
    runInContext('globalThis.window = globalThis', this.context);
  }

  run(expression: string): unknown {
    return runInContext(expression, this.context);
  }
}
