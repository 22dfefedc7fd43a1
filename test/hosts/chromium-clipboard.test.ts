// What is copied out of the Chromium window is taken back after ten seconds and at a lock, where nobody else has put something there since.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClipboardPage } from '../../electron/hosts/chromium/clipboard-page.ts';
import type { DevtoolsPipe } from '../../electron/hosts/chromium/devtools-pipe.ts';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { openWindowUnderTest, type OpenedWindow } from '../builders/chromium-window.ts';
import { createFakeTime } from '../builders/fake-time.ts';
import { TEST_WINDOW } from '../builders/test-window.ts';
import { anEchoApp } from '../contracts/host.ts';

/** Copies at a click, as the window's own button does. */
async function copy(page: Page, text: string): Promise<void> {
  await page.evaluate(`document.onclick = () => {
    const put = (event) => { event.clipboardData.setData('text/plain', ${JSON.stringify(text)}); event.preventDefault(); };
    document.addEventListener('copy', put, { once: true });
    document.execCommand('copy');
  }`);
  await page.mouse.click(10, 10);
}

/** Copies in a frame, whose events the host does not hear: to the host, somebody else did it. */
async function copyUnheard(page: Page, text: string): Promise<void> {
  await page.evaluate(`void document.body.appendChild(document.createElement('iframe'))`);
  await page.evaluate(`document.onclick = () => {
    const { contentDocument, contentWindow } = document.querySelector('iframe');
    const field = contentDocument.body.appendChild(contentDocument.createElement('textarea'));
    field.value = ${JSON.stringify(text)};
    contentWindow.focus();
    field.select();
    window.copiedUnheard = contentDocument.execCommand('copy');
  }`);
  await page.mouse.click(10, 10);
  expect(await page.evaluate('window.copiedUnheard')).toBe(true);
  await page.evaluate(`document.querySelector('iframe').remove()`);
}

/** What a person gets who pastes; the page itself may not read. */
async function paste(page: Page): Promise<string> {
  await page.evaluate(`(() => {
    const field = document.body.appendChild(document.createElement('textarea'));
    field.focus();
  })()`);
  await page.keyboard.press('Control+v');
  return String(
    await page.evaluate(
      `(() => { const field = document.querySelector('textarea'); field.remove(); return field.value; })()`,
    ),
  );
}

describe.skipIf(findBrowser() === null)('the clipboard of the Chromium window', () => {
  const echo = anEchoApp();
  const time = createFakeTime();
  let opened: OpenedWindow;
  /** Settles when nothing of the guard is under way. */
  const hidden = async (): Promise<number> => {
    const session = await opened.page.context().browser()?.newBrowserCDPSession();
    const { targetInfos = [] } = (await session?.send('Target.getTargets')) ?? {};
    return targetInfos.filter(({ url }) => url.includes('clipboard')).length;
  };
  const kept = () => vi.waitFor(async () => expect(await hidden()).toBe(1), 10_000);
  const cleared = () => vi.waitFor(async () => expect(await hidden()).toBe(0), 10_000);

  beforeAll(async () => {
    opened = await openWindowUnderTest(echo.app, TEST_WINDOW, { timer: time.timer });
  });
  beforeEach(() => {
    opened.log.length = 0;
    echo.emit('office.statusChanged', { state: 'unlocked' });
  });
  afterAll(() => opened.close());

  it('keeps a copy for ten seconds', async () => {
    const { page } = opened;
    await copy(page, 'our row');
    await vi.waitFor(() => expect(time.waits()).toEqual([10_000]));
    await kept();
    time.advance(9_999);
    expect(await paste(page)).toBe('our row');
    time.advance(1);
    await cleared();
    expect(await paste(page)).toBe('');
    expect(opened.log).toEqual([]);
  });

  it('leaves what somebody else put there since', async () => {
    const { page } = opened;
    await copy(page, 'our row');
    await kept();
    await copyUnheard(page, 'theirs');
    expect(await paste(page)).toBe('theirs');
    time.advance(10_000);
    await cleared();
    expect(await paste(page)).toBe('theirs');
  });

  it('is emptied at a lock, before the page’s process ends', async () => {
    const { page } = opened;
    await copy(page, 'our row');
    await kept();
    echo.emit('office.statusChanged', { state: 'locked' });
    const next = await opened.renewed();
    expect(await paste(next)).toBe('');
    await cleared();
    expect(time.waits()).toEqual([]);
  });

  it('is out of the page’s own reach', async () => {
    const { page } = opened;
    await page.evaluate(
      `document.onclick = () => { window.tried = Promise.allSettled([navigator.clipboard.writeText('x'), navigator.clipboard.readText()]); }`,
    );
    await page.mouse.click(10, 10);
    const tried = (await page.evaluate('window.tried')) as { status: string }[];
    expect(tried.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('a browser without hidden pages', () => {
  it('keeps nothing and says so', async () => {
    const devtools: DevtoolsPipe = {
      send: () => Promise.resolve({ targetId: 'one' }),
      on: () => undefined,
      end: () => undefined,
    };
    await expect(createClipboardPage(devtools).keep()).rejects.toMatchObject({ code: 'HOST_NOT_AVAILABLE' });
  });
});
