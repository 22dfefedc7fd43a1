// What files say wrote them is the version that was released.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRODUCT } from '../../../shared/model/product.ts';

test('the product’s version is the package’s', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(PRODUCT).toBe(`Strongroom ${manifest.version}`);
});
