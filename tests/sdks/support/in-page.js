// Tests in a page of another origin than the proxy's, with a setting and a page for all of them.
import { after, before, describe } from 'node:test';
import { browserPath, Page } from './page.js';
import { setUp } from './setting.js';

/** Describes them; they are given a place with the setting (the proxy with settings of its own) and the page, which are there when the first of them runs. */
export function inPage(tests, settings = {}) {
  describe('in a page of another origin', { skip: browserPath ? false : 'no Chromium here' }, () => {
    const place = {};
    before(async () => {
      place.setting = await setUp(settings);
      place.page = await Page.open();
    });
    after(async () => {
      await place.page?.close();
      await place.setting?.tearDown();
    });

    tests(place);
  });
}
