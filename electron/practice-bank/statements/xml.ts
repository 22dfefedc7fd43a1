// Writes XML text. Characters that XML 1.0 cannot carry are dropped.

/** Escapes text for element content. @see XML 1.0 §2.2 and §2.4 */
export function xmlText(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  const allowed = Array.from(text, (character) =>
    character >= ' ' || '\t\n\r'.includes(character) ? character : '',
  ).join('');
  return allowed.replace(/[&<>]/g, (character) => entities[character] ?? character);
}

/** `<name>content</name>` with the content escaped; nothing for an empty content, which both formats forbid. */
export function element(name: string, content: string | null): string {
  return content === null || content === '' ? '' : `<${name}>${xmlText(content)}</${name}>`;
}

/** The first `limit` characters, never half a surrogate pair. */
export function cut(text: string, limit: number): string {
  return Array.from(text).slice(0, limit).join('');
}
