// Signs in to the practice bank as a person with a browser would: plain HTTP, cookies, forms, redirects, up to calling the loopback redirect.
// For the practice bank's own pages only.

export type BrowserVisit = {
  readonly name: string;
  readonly password: string;
  /** IBANs to tick; all that the page offers when left out. */
  readonly accounts?: readonly string[] | 'all';
  readonly approve: boolean;
};

export type BrowserOutcome = {
  /** The loopback URL that the bank sent the browser to. */
  readonly redirectedTo: string;
  /** What the program behind it answered. */
  readonly status: number;
  readonly page: string;
};

type Cookie = { readonly value: string; readonly path: string };
type Page = { readonly url: URL; readonly html: string };

const MAX_STEPS = 20;

function createCookieJar() {
  const cookies = new Map<string, Cookie>();
  return {
    remember(response: Response): void {
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split(/; */);
        const [name = '', value = ''] = pair.split(/=(.*)/s);
        const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
        cookies.set(`${name};${path}`, { value, path });
      }
    },
    header(url: URL): string {
      const sent = [...cookies].filter(([, cookie]) => url.pathname.startsWith(cookie.path) && cookie.value !== '');
      return sent.map(([key, cookie]) => `${key.split(';', 1)[0] ?? ''}=${cookie.value}`).join('; ');
    },
  };
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function formAction(page: Page): URL {
  const action = /<form method="post" action="([^"]*)"/.exec(page.html)?.[1];
  if (action === undefined)
    throw new Error(`the bank shows no form: ${/<h1>([^<]*)/.exec(page.html)?.[1] ?? 'unknown page'}`);
  return new URL(unescapeHtml(action), page.url);
}

function offeredAccounts(html: string): string[] {
  return [...html.matchAll(/name="account" value="([^"]*)"/g)].map((match) => match[1] ?? '');
}

/** The fields that this person fills in on this page. */
function fillForm(page: Page, visit: BrowserVisit): URLSearchParams {
  if (page.html.includes('role="alert"'))
    throw new Error(/role="alert">([^<]*)/.exec(page.html)?.[1] ?? 'the bank refused the form');
  if (page.html.includes('name="password"')) {
    return new URLSearchParams({ name: visit.name, password: visit.password, decision: 'continue' });
  }
  const form = new URLSearchParams({ decision: visit.approve ? 'approve' : 'refuse' });
  const wanted = visit.accounts ?? 'all';
  for (const iban of offeredAccounts(page.html))
    if (wanted === 'all' || wanted.includes(iban)) form.append('account', iban);
  return form;
}

/**
 * Follows an authorisation URL to its end. The loopback redirect is called, too.
 * @throws {Error} when the bank shows no form, refuses name or password, or sends the browser in circles
 */
export async function signIn(url: string, visit: BrowserVisit): Promise<BrowserOutcome> {
  const jar = createCookieJar();
  const bank = new URL(url).origin;
  let next: { url: URL; form: URLSearchParams | null } = { url: new URL(url), form: null };
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const atBank = next.url.origin === bank;
    const response = await fetch(next.url, {
      redirect: 'manual',
      ...(atBank ? { headers: { cookie: jar.header(next.url) } } : {}),
      ...(next.form === null ? {} : { method: 'POST', body: next.form }),
    });
    const html = await response.text();
    if (!atBank) return { redirectedTo: next.url.href, status: response.status, page: html };
    jar.remember(response);
    const location = response.headers.get('location');
    const page = { url: next.url, html };
    next =
      location === null
        ? { url: formAction(page), form: fillForm(page, visit) }
        : { url: new URL(location, next.url), form: null };
  }
  throw new Error('the bank sends the browser in circles');
}
