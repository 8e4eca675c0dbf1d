// Ask: flags change as one types, by keyboard alone, and a link repeats the question.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browserPath, check, launch, open } from './support/browser.js';
import { environment, segment, state } from './support/documents.js';
import { Proxy } from './support/proxy.js';

const pill = (page, feature) => page.locator('details.flag', { has: page.locator('.name', { hasText: new RegExp(`^${feature}$`) }) }).locator('.pill');

const becomes = async (locator, text) => {
  const limit = Date.now() + 20_000;
  while (await locator.textContent() !== text) {
    if (Date.now() > limit) assert.fail(`it stays ${await locator.textContent()}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
};

describe('ask', { skip: browserPath ? false : 'no Chromium here' }, () => {
  let browser;
  before(async () => { browser = await launch(); });
  after(async () => { await browser?.close(); });

  test('the demo is at /, and its flags change as one types, by keyboard alone', async () => {
    const proxy = await Proxy.start();
    try {
      assert.match(proxy.output, new RegExp(`Open ${proxy.url}/ in a browser`));
      const opened = await open(browser, `${proxy.url}/`);
      const { page, context } = opened;
      await becomes(pill(page, 'dashboard'), 'off');

      const focus = async label => {
        for (let i = 0; i < 40; i++) {
          await page.keyboard.press('Tab');
          if (await page.evaluate(() => document.activeElement.labels?.[0]?.textContent ?? document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent) === label) return;
        }
        assert.fail(`no way to ${label} by keyboard`);
      };
      await focus('Identifier');
      await page.keyboard.type('ada');

      // An answer may come after each key, or after the last one only, and changes are those from the answer before.
      await page.getByText(/^Environment Demo .*, for ada$/).waitFor();
      await focus('Add a trait');
      await page.keyboard.press('Enter');
      await page.keyboard.type('plan');
      await page.keyboard.press('Tab');
      await page.keyboard.type('enterprise');
      await becomes(pill(page, 'dashboard'), 'on');
      await becomes(page.locator('#status'), '2 flags changed: dashboard is on, banner is on');
      assert.equal(await page.locator('details.flag.changed').count(), 2);
      assert.match(await page.locator('details.flag.changed .sentence').first().textContent(), /segment big_customers matches \(plan "enterprise" is one of enterprise, scale-up\)/);

      await page.locator('details.flag > summary').first().focus();
      await page.keyboard.press('Enter');
      await page.getByText('override of the identity').first().waitFor();
      assert.ok(await page.evaluate(() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; }), 'the focus is not visible');
      await check(opened);

      const again = await open(browser, page.url());
      await becomes(pill(again.page, 'dashboard'), 'on');
      assert.equal(await again.page.locator('#identifier').inputValue(), 'ada');
      await again.context.close();
      await context.close();
    } finally {
      await proxy.stop();
    }
  });

  test('a pasted body, a split with its bar, and a document that changes', async () => {
    const document = environment(
      'an-environment-key', 'Production',
      [state(1, 'colour', true, 'grey', [['red', 50], ['blue', 50]]), state(2, 'beta', false)],
      [segment(1, 'testers', [state(2, 'beta', true)], ['tester', 'EQUAL', 'True'])]);
    const proxy = await Proxy.start([document]);
    try {
      const opened = await open(browser, `${proxy.url}/proxy/console`);
      const { page, context } = opened;
      await becomes(pill(page, 'beta'), 'off');
      await page.getByText('Paste the body of a request').click();
      await page.locator('#body').fill('{"identifier":"ada","traits":[{"trait_key":"tester","trait_value":true},{"trait_key":"zip","trait_value":"007"}]}');
      await page.getByRole('button', { name: 'Use it' }).click();
      await becomes(pill(page, 'beta'), 'on');
      assert.deepEqual(await page.locator('.trait input').evaluateAll(inputs => inputs.map(input => input.value)), ['tester', 'true', 'zip', '007']);
      assert.match(await page.locator('pre').textContent(), /"trait_value":true.*"trait_value":"007"/);

      await page.locator('details.flag > summary').first().click();
      await page.getByRole('img', { name: /The identity is at/ }).waitFor();
      await check(opened);

      document.project.segments = [];
      await proxy.change(0, document);
      await becomes(pill(page, 'beta'), 'off');
      await context.close();
    } finally {
      await proxy.stop();
    }
  });

  test('with a token, the page asks for it, and shows nothing before', async () => {
    const proxy = await Proxy.start([environment('an-environment-key', 'Production', [state(1, 'secret_plan', true)])], { SERVER_ADMIN_TOKEN: 'operators-only' });
    try {
      const opened = await open(browser, `${proxy.url}/proxy/console`);
      const { page, context, troubles } = opened;
      await page.getByLabel('Token', { exact: true }).waitFor();
      assert.doesNotMatch(await page.content(), /secret_plan|Production/);
      await page.getByLabel('Token', { exact: true }).fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('This is not the token.').waitFor();
      await page.getByLabel('Token', { exact: true }).fill('operators-only');
      await page.keyboard.press('Enter');
      await becomes(pill(page, 'secret_plan'), 'on');
      assert.deepEqual(troubles.filter(text => !/401/.test(text)), []);
      troubles.length = 0;
      await check(opened);
      await page.reload();
      await page.getByLabel('Token', { exact: true }).waitFor();
      await context.close();
    } finally {
      await proxy.stop();
    }
  });
});
