import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compareManifests, depict, renderHtml, review, type StackFiles } from '../../../../lib/review';
import { folder, program, type Resources } from '../fixtures';
import { hostilePrograms } from '../hostile-texts';
import { BASE, HEAD } from '../vote';
import { launch, type BrowserPage } from './chromium';

/*
 * The page in a real browser: `npm run test:browser`. Not a part of `npm test`, since it needs Chromium.
 */

let browser: BrowserPage;

beforeAll(async () => {
  browser = await launch();
}, 60_000);

afterAll(() => browser.close());

async function open(base: StackFiles[], head: StackFiles[]): Promise<string> {
  const found = review(base, head);
  const file = join(folder(), 'review.html');
  writeFileSync(file, await renderHtml(found, depict(base, head, found), compareManifests(base, head, found)));
  browser.requests.length = 0;
  browser.complaints.length = 0;
  const url = pathToFileURL(file).href;
  await browser.open(url);
  return url;
}

const count = (selector: string) => browser.evaluate<number>(`document.querySelectorAll('${selector}').length`);
const run = (script: string) => browser.evaluate<unknown>(`(() => { ${script} })()`);

/** Whether an expression becomes true within two seconds. */
async function soon(expression: string): Promise<boolean> {
  for (let attempt = 0; attempt < 40; attempt++) {
    if (await browser.evaluate<boolean>(`location.hash !== '' && ${expression}`)) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

test('opens without a complaint, and asks for nothing but itself', async () => {
  const url = await open(BASE, HEAD);
  expect(browser.complaints).toEqual([]);
  expect(browser.requests.filter((request) => request !== url && request !== 'data:,')).toEqual([]);
}, 60_000);

test('filters the changes by danger, stack, type and text, and says how many are left', async () => {
  await open(BASE, HEAD);
  const all = await count('details.change[data-stack]');
  const filtered = async (script: string) => {
    await run(
      `const form = document.querySelector('.filters'); form.reset(); const e = form.elements; ${script}; form.dispatchEvent(new Event('input'));`,
    );
    const shown = await count('details.change[data-stack]:not([hidden])');
    expect(await browser.evaluate(`document.querySelector('output').textContent`)).toBe(`${shown} of ${all}`);
    return shown;
  };
  expect(await filtered('')).toBe(all);
  expect(await filtered('e.danger.checked = true')).toBe(4);
  expect(await filtered(`e.type.value = 'azurerm_role_assignment'`)).toBe(2);
  expect(await filtered(`e.stack.value = 'vote'`)).toBe(all);
  expect(await filtered(`e.text.value = 'nodepool that nobody has'`)).toBe(0);
}, 60_000);

test('opens the row of a box that is followed by keyboard, also one that a filter hides', async () => {
  await open(BASE, HEAD);
  await run(
    `const form = document.querySelector('.filters'); form.elements.text.value = 'nothing'; form.dispatchEvent(new Event('input')); document.querySelector('#panel-both a').focus();`,
  );
  await browser.press('Enter');
  // the browser tells the page of the new address when it has time
  await expect(
    soon(`document.querySelector(location.hash)?.open === true && !document.querySelector(location.hash).hidden`),
  ).resolves.toBe(true);
}, 60_000);

test('changes the side of the picture with the arrow keys', async () => {
  await open(BASE, HEAD);
  await run(`document.getElementById('tab-both').focus()`);
  await browser.press('ArrowLeft');
  expect(
    await browser.evaluate(
      `[document.activeElement.id, document.getElementById('panel-after').hidden, document.getElementById('panel-both').hidden]`,
    ),
  ).toEqual(['tab-after', false, true]);
}, 60_000);

/** The texts of a page whose contrast to the ground behind them is below 4.5. */
const FAINT = `(() => {
  const rgb = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const shape = one.tagName === 'g' && one.querySelector(':scope > rect, :scope > circle');
      const color = rgb(shape ? getComputedStyle(shape).fill : getComputedStyle(one).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '') && !['SCRIPT', 'TITLE', 'title'].includes(one.tagName))
    .filter((one) => one.checkVisibility())
    .map((one) => {
      const style = getComputedStyle(one);
      const [a, b] = [light(rgb(one.tagName === 'text' ? style.fill : style.color)), light(ground(one))];
      return [one.textContent.slice(0, 30), Math.round(((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)) * 10) / 10];
    })
    .filter(([, contrast]) => contrast < 4.5);
})()`;

test.each(['light', 'dark'] as const)(
  'every text can be read: %s',
  async (scheme) => {
    await browser.prefer(scheme);
    await open(BASE, HEAD);
    await run(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
    expect(await browser.evaluate(FAINT)).toEqual([]);
  },
  60_000,
);

test('runs nothing that a value says', async () => {
  await open(...hostilePrograms('</script><img src=x onerror="document.title=1"><script>document.title=1</script>'));
  expect(await browser.evaluate('document.title')).not.toBe('1');
  expect(browser.complaints).toEqual([]);
}, 60_000);

test('opens 5,000 resources, 500 of which change, in a second', async () => {
  const side = (n: string): Resources => ({
    azurerm_public_ip: Object.fromEntries(
      Array.from({ length: 5_000 }, (_, i) => [`p${i}`, { name: `p${i}`, tags: { n: i < 500 ? n : '' } }]),
    ),
  });
  await open(program(side('a')), program(side('b')));
  expect(await count('details.change[data-stack]')).toBe(500);
  const elapsed = await browser.evaluate<number>(`performance.getEntriesByType('navigation')[0].loadEventEnd`);
  expect(elapsed).toBeLessThan(1_000);
}, 120_000);
