// Takes the screenshots of docs/images from the demo.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch, open } from './support/browser.js';
import { Proxy } from './support/proxy.js';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
await mkdir(folder, { recursive: true });
const proxy = await Proxy.start();
const browser = await launch();
const demo = encodeURIComponent('de…');

async function take(file, hash, options, prepare) {
  const { page, context } = await open(browser, `${proxy.url}/${hash}`, options);
  await page.locator('details.flag, .card, table').first().waitFor();
  await prepare(page);
  await page.waitForTimeout(500);
  await page.mouse.move(0, 0);
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  await page.screenshot({ path: `${folder}${file}` });
  await context.close();
}

await take('console-ask.png', '#/ask?identifier=ada&trait.plan=enterprise&trait.seats=120', { width: 1280, height: 880 }, page => page.locator('details.flag > summary').first().click());
await take('console-variants.png', '#/ask?identifier=ada&trait.plan=free', { width: 1280, height: 880, scheme: 'dark' }, async page => {
  await page.getByLabel('Find a flag').fill('checkout');
  await page.locator('details.flag:visible > summary').first().click();
});
await take('console-environment.png', `#/environment?environment=${demo}`, { width: 1280, height: 880 }, async page => {
  for (const summary of await page.locator('section details > summary').all()) await summary.click();
});

await browser.close();
await proxy.stop();
