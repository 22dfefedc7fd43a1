// A captured part of a CAMT message as a small tree, and paths through it. It holds one entry, account or balance, never a message.

/** An element with its own text, its currency attribute and its children. Names are local names; a leaf has no list of children. */
export interface CamtElement {
  readonly name: string;
  readonly currency: string | null;
  text: string;
  children: CamtElement[] | null;
}

/** The first element at the path, undefined where there is none. */
export function find(element: CamtElement | undefined, ...path: readonly string[]): CamtElement | undefined {
  let at = element;
  for (const name of path) {
    if (!at) return undefined;
    at = childOf(at, name);
  }
  return at;
}

function childOf(element: CamtElement, name: string): CamtElement | undefined {
  if (element.children === null) return undefined;
  for (const child of element.children) if (child.name === name) return child;
  return undefined;
}

/** All children of that name. */
export function all(element: CamtElement | undefined, name: string): CamtElement[] {
  return element?.children?.filter((child) => child.name === name) ?? [];
}

/** The text at the path, undefined where there is none or only blanks. */
export function textAt(element: CamtElement | undefined, ...path: readonly string[]): string | undefined {
  const text = find(element, ...path)?.text.trim();
  return text === '' ? undefined : text;
}
