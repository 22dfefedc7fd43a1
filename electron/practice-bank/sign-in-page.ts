// The bank's pages for its customers: plain HTML and CSS, no script, every value escaped. They decide nothing.
import type { Consent } from './consents.ts';
import type { LedgerAccount } from './ledger/ledger-row.ts';

export const BANK_NAME = 'Practice Bank';

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2733;--soft:#5b6875;--line:#d5dbe1;--page:#eef1f4;--card:#fff;--brand:#0b5d4e;--on:#fff;--bad:#a4262c}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#9aa7b4;--line:#36424e;--page:#12181e;--card:#1b232b;--brand:#3fb79e;--on:#08231d;--bad:#ff8a8a}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header{background:var(--brand);color:var(--on);padding:14px 24px;font-weight:700}header small{font-weight:400;margin-left:8px}
main{max-width:620px;margin:32px auto;padding:28px;background:var(--card);border:1px solid var(--line);border-radius:10px}
h1{font-size:1.35rem;margin:0 0 8px}h2{font-size:1rem;margin:24px 0 6px}p,ul{margin:6px 0}.soft{color:var(--soft);font-size:.9rem}
label{display:block;margin:12px 0 4px}input[type=text],input[type=password]{width:100%;padding:10px;font:inherit;border:1px solid var(--line);border-radius:6px;background:transparent;color:inherit}
.account{display:flex;gap:12px;align-items:baseline;margin:0;padding:8px 0;border-bottom:1px solid var(--line)}.account code{color:var(--soft);font-size:.85rem}
fieldset{border:0;padding:0;margin:16px 0}legend{font-weight:600;padding:0}
.buttons{display:flex;gap:12px;margin-top:24px}button{font:inherit;padding:10px 20px;border-radius:6px;border:1px solid var(--brand);background:var(--brand);color:var(--on);cursor:pointer}
button.plain{background:transparent;color:inherit;border-color:var(--line)}:focus-visible{outline:3px solid var(--brand);outline-offset:2px}.error{color:var(--bad);font-weight:600}`;

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} – ${BANK_NAME}</title><style>${STYLE}</style></head>
<body><header>${BANK_NAME}<small>simulated, for practice only</small></header><main>${body}</main></body></html>`;
}

const PLAIN_WORDS: Readonly<Record<string, string>> = {
  ReadAccountsBasic: 'Your account names and currencies',
  ReadAccountsDetail: 'Your account names, numbers and sort codes',
  ReadBalances: 'Your balances',
  ReadTransactionsBasic: 'Your transactions: dates and amounts',
  ReadTransactionsDetail: 'Your transactions with descriptions and the other party',
  ReadTransactionsCredits: 'Money in',
  ReadTransactionsDebits: 'Money out',
};

function asked(consent: Consent): string {
  const items = consent.request.Permissions.map((name) => `<li>${escapeHtml(PLAIN_WORDS[name] ?? name)}</li>`).join('');
  const from = consent.request.TransactionFromDateTime?.slice(0, 10) ?? 'the beginning';
  const to = consent.request.TransactionToDateTime?.slice(0, 10) ?? 'now on';
  const until = consent.request.ExpirationDateTime?.slice(0, 10);
  return `<h2>It asks to read</h2><ul>${items}</ul>
<p class="soft">Transactions from ${from} to ${to}. ${until === undefined ? 'The permission has no end date.' : `The permission ends on ${until}.`}</p>`;
}

export function signInPage(action: string, consent: Consent, failed: boolean): string {
  return page(
    'Sign in',
    `<h1>Sign in to ${BANK_NAME}</h1><p><strong>Strongroom</strong> wants to read your business accounts.</p>${asked(consent)}
<form method="post" action="${escapeHtml(action)}">${failed ? '<p class="error" role="alert">Name or password is wrong.</p>' : ''}
<label for="name">User name</label><input id="name" name="name" type="text" autocomplete="username" required autofocus>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<div class="buttons"><button type="submit" name="decision" value="continue">Continue</button>
<button type="submit" class="plain" name="decision" value="refuse" formnovalidate>Refuse</button></div></form>`,
  );
}

function accountRow(account: LedgerAccount): string {
  return `<label class="account"><input type="checkbox" name="account" value="${account.iban}">
<span>${escapeHtml(account.name)} (${account.currency})<br><code>${account.iban}</code></span></label>`;
}

function companyFieldset(company: string, accounts: readonly LedgerAccount[]): string {
  return `<fieldset><legend>${escapeHtml(company)}</legend>${accounts.map(accountRow).join('')}</fieldset>`;
}

export function approvalPage(
  action: string,
  consent: Consent,
  choice: { accounts: readonly LedgerAccount[]; nothingChosen: boolean },
): string {
  const groups = Object.entries(Object.groupBy(choice.accounts, (account) => account.company));
  return page(
    'Share accounts',
    `<h1>Which accounts do you share?</h1><p><strong>Strongroom</strong> sees only those that you tick.</p>${asked(consent)}
<form method="post" action="${escapeHtml(action)}">${choice.nothingChosen ? '<p class="error" role="alert">Tick at least one account, or refuse.</p>' : ''}
${groups.map(([company, accounts]) => companyFieldset(company, accounts ?? [])).join('')}
<div class="buttons"><button type="submit" name="decision" value="approve">Approve</button>
<button type="submit" class="plain" name="decision" value="refuse">Refuse</button></div></form>`,
  );
}

export function messagePage(title: string, text: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>`);
}
