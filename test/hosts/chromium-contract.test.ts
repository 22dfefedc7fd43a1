// The host contract on the Chromium host, in the installed browser.
import { describe, it } from 'vitest';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { openWindowUnderTest } from '../builders/chromium-window.ts';
import { hostContract, type HostUnderTest } from '../contracts/host.ts';

if (findBrowser() === null)
  describe('Chromium host', () => it.skip('needs an installed Chromium, Chrome or Edge', () => {}));
else
  hostContract({
    name: 'Chromium host',
    open: async (app, files): Promise<HostUnderTest> => {
      const { page, close } = await openWindowUnderTest(app, files);
      return {
        evaluate: (expression) => page.evaluate(expression),
        evaluateInForeignFrame: async (expression) => {
          // A sandboxed frame has an opaque origin, the nearest to a foreign page that this window can hold.
          await page.evaluate(`(() => {
            const frame = document.createElement('iframe');
            frame.sandbox = 'allow-scripts';
            frame.name = 'foreign';
            document.body.append(frame);
          })()`);
          const frame = page.frames().find((one) => one.name() === 'foreign');
          if (!frame) throw new TypeError('the frame is not there');
          return frame.evaluate(expression);
        },
        request: async (url) => {
          try {
            const response = await page.goto(url);
            return { refused: response === null, headers: (await response?.allHeaders()) ?? {} };
          } catch (error) {
            if (error instanceof Error && error.message.includes('net::ERR_ABORTED'))
              return { refused: true, headers: {} };
            throw error;
          }
        },
        close,
      };
    },
  });
