import assert from 'node:assert/strict';
import test from 'node:test';
import { alsoSendTo } from '../../js/extras/replica.ts';
import { intakeUrl } from '../../js/intake-url.ts';
import { createSend, nativeFetch } from '../../js/transport.ts';
import { OPTIONS, openPage } from './shim-page.ts';

test('a replica gets what is sent too, under its own token and application', async () => {
  const page = openPage();
  try {
    const start = { options: OPTIONS, fetch: nativeFetch(), intakeUrl };
    const replica = { clientToken: 'pub-replica', applicationId: 'copy' };
    const send = alsoSendTo(replica, { ...start, send: createSend(start) });
    await send('x', false, '&dd-evp-encoding=deflate');
    await send('again', false, '', '&_dd.retry_count=1');
    const urls = page.sent.map(({ url, body }) => `${body} ${url}`);
    assert.equal(urls.length, 3);
    const fragment =
      /dd-api-key=pub-replica&.*&application\.id=copy&dd-evp-encoding=deflate&batch_time/;
    assert.match(urls.find((url) => url.includes('pub-replica')) as string, fragment);
    assert.ok(urls.some((url) => url.startsWith('x ') && url.includes('dd-api-key=pub123')));
    assert.ok(urls.some((url) => url.startsWith('again ') && url.includes('dd-api-key=pub123')));
  } finally {
    page.restore();
  }
});
