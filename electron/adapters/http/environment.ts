// Finds what in a process's environment could weaken TLS or write its secrets out. It changes nothing.
import { AppError } from '../../../shared/errors/app-error.ts';

/**
 * What our own options cannot overrule, or nobody sets with a good reason. Not here, because every connection overrules them and tests
 * prove it: NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, SSL_CERT_DIR, NODE_USE_SYSTEM_CA, HTTP_PROXY and its kin.
 */
const REFUSED_VARIABLES = [
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'SSLKEYLOGFILE',
  'OPENSSL_CONF',
  'OPENSSL_MODULES',
  'OPENSSL_ENGINES',
];
const REFUSED_OPTION = /--(tls-[\w.-]+|openssl-[\w-]+|use-openssl-ca|trace-tls)/;
/** These make Node print headers, tokens with them. */
const REFUSED_DEBUG = /\b(tls|https?|net|undici|fetch|stream)\b|\*/i;

function firstProblem(env: Readonly<Record<string, string | undefined>>, execArgv: readonly string[]): string | null {
  const variable = REFUSED_VARIABLES.find((name) => (env[name] ?? '') !== '');
  if (variable) return variable;
  const option = REFUSED_OPTION.exec([env['NODE_OPTIONS'] ?? '', ...execArgv].join(' '));
  if (option) return option[0];
  return REFUSED_DEBUG.test(env['NODE_DEBUG'] ?? '') ? 'NODE_DEBUG' : null;
}

/** @throws {AppError} TLS_ENVIRONMENT_REFUSED with the variable or option in `name` */
export function refuseWeakenedEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  execArgv: readonly string[],
): void {
  const name = firstProblem(env, execArgv);
  if (name !== null) throw new AppError('TLS_ENVIRONMENT_REFUSED', { name });
}
