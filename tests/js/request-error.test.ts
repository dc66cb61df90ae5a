import assert from 'node:assert/strict';
import test from 'node:test';
import { NETWORK } from '../../js/engine-contract.ts';
import { type Failure, hasFailed } from '../../js/page/errors.ts';
import { describe } from './errors-fixture.ts';

const url = 'https://api.example/orders';

const read = (failure: Omit<Failure, 'url'>, address = url) =>
  describe(NETWORK, { url: address, ...failure }).error;

const fetched = { kind: 'fetch', method: 'GET' } as const;

test('a request that failed tells which it was', () => {
  const server = read({ ...fetched, status: 503 });
  assert.equal(server.message, `Fetch error GET ${url}`);
  assert.deepEqual(server.resource, { status_code: 503, method: 'GET', url });
  const network = read({ kind: 'xhr', method: 'POST', status: 0 });
  assert.equal(network.message, `XHR error POST ${url}`);
  assert.deepEqual(network.resource, { status_code: 0, method: 'POST', url });
  assert.deepEqual([network.source, network.handling], ['network', undefined]);
});

test('an element tells which it was, and its status where a timing does', () => {
  const { message, resource } = read({ localName: 'img' });
  assert.equal(message, `Failed to load <img> ${url}`);
  assert.deepEqual(resource, { status_code: 0, method: 'GET', url });
});

test('an address that is too long is cut', () => {
  const { message, resource } = read({ ...fetched, status: 500 }, '"'.repeat(1e6));
  const cut = `${'"'.repeat(4096)}...`;
  assert.equal(message, `Fetch error GET ${cut}`);
  assert.equal((resource as Failure).url, cut);
});

test('a request has failed unless the page aborted it or the server answered', () => {
  const seen = [0, 200, 499, 500, 503].map((status) => hasFailed({ status, isAborted: false }));
  assert.deepEqual(seen, [true, false, false, true, true]);
  assert.ok(!hasFailed({ status: 0, isAborted: true }));
  assert.ok(!hasFailed({ status: 503, isAborted: true }));
});
