import assert from 'node:assert/strict';
import test from 'node:test';
import { NETWORK } from '../../js/engine-contract.ts';
import { type FinishedRequest, requestTexts } from '../../js/page/errors.ts';

const url = 'https://api.example/orders';

function read(request: Partial<FinishedRequest>): unknown[] | undefined {
  const defaults = { kind: 'fetch', url, method: 'GET', status: 200 } as const;
  const texts = requestTexts({ ...defaults, ...request });
  return texts?.flat();
}

test('a request that failed, or that the server failed, is an error', () => {
  const error = (message: string, detail: string) => {
    return [NETWORK, '', '', message, '', '', '', detail, '', '', ''];
  };
  assert.deepEqual(
    read({ status: 503 }),
    error(`Fetch error GET ${url}`, `{"status_code":503,"method":"GET","url":"${url}"}`),
  );
  assert.deepEqual(
    read({ kind: 'xhr', method: 'POST', status: 0 }),
    error(`XHR error POST ${url}`, `{"status_code":0,"method":"POST","url":"${url}"}`),
  );
  assert.ok(read({ status: 500 }));
});

test('an address that is too long is cut, and the JSON stays whole', () => {
  const [, , , message, , , , detail] = read({ status: 500, url: '"'.repeat(1e6) }) as string[];
  const cut = `${'"'.repeat(4096)}...`;
  assert.equal(message, `Fetch error GET ${cut}`);
  assert.equal(JSON.parse(detail as string).url, cut);
});

test('a request that the page aborted, or that the server refused, is none', () => {
  assert.equal(read({ status: 0, isAborted: true }), undefined);
  assert.equal(read({ status: 503, isAborted: true }), undefined);
  assert.equal(read({ status: 499 }), undefined);
  assert.equal(read({}), undefined);
});
