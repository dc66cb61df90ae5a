import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { RequestCall } from '../../js/engine-contract.ts';
import { traceHeaders } from '../../js/trace.ts';
import type { InitConfiguration, MatchOption, TracingOption } from '../../js/types.ts';
import { OPTIONS, SESSION_ID } from './shim-page.ts';

const URL_ = 'https://api.example.com/v1/users?id=7';
type Url = MatchOption | TracingOption;

function trace(
  options: Partial<InitConfiguration> = {},
  url = URL_,
  ids: object = { 'user.id': 'u 1' },
) {
  const call = { input: url } as RequestCall;
  const given = { ...OPTIONS, allowedTracingUrls: ['https://api.example.com/'], ...options };
  const baggage = {
    'session.id': SESSION_ID,
    'user.id': undefined,
    'account.id': undefined,
    ...ids,
  };
  const headers = traceHeaders(call, given, url, baggage);
  const texts = headers && Object.entries(headers).map(([name, value]) => [name, `${value}`]);
  return { call, headers: texts && Object.fromEntries(texts) };
}

const isTraced = (allowed: Url | Url[], url?: string) =>
  !!trace({ allowedTracingUrls: allowed as Url[] }, url).headers;

test('W3C and Datadog headers are the default, with the same ids', () => {
  const { call, headers } = trace();
  const [id, span] = call.trace as NonNullable<RequestCall['trace']>;
  const hex = (bits: bigint) => bits.toString(16).padStart(16, '0');
  assert.deepEqual(headers, {
    traceparent: `00-0000000000000000${hex(id)}-${hex(span)}-01`,
    tracestate: 'dd=s:1;o:rum',
    'x-datadog-origin': 'rum',
    'x-datadog-parent-id': `${span}`,
    'x-datadog-sampling-priority': '1',
    'x-datadog-trace-id': `${id}`,
    baggage: `session.id=${SESSION_ID},user.id=u%201`,
  });
});

test('ids are random, the span id has 63 bits', () => {
  const traces = Array.from({ length: 200 }, () => trace().call.trace);
  assert.equal(new Set(traces.map((each) => each?.[0])).size, 200);
  assert.ok(traces.every((each) => each && each[1] < 2n ** 63n && each[0] < 2n ** 64n));
  assert.ok(traces.some((each) => each && each[0] >= 2n ** 63n));
});

test('a single propagator is enough, and of none that there is the default ones are left', () => {
  const namesOf = (propagatorTypes: unknown) =>
    Object.keys(
      trace({
        allowedTracingUrls: [{ match: 'https://', propagatorTypes: propagatorTypes as never }],
        propagateTraceBaggage: false,
      }).headers ?? {},
    );
  assert.deepEqual(namesOf('b3'), ['b3']);
  assert.deepEqual(namesOf(['jaeger']), namesOf(undefined));
  assert.ok(namesOf([]).includes('traceparent'));
});

test('B3 headers come when asked for, names that are none do not matter', () => {
  const match = 'https://';
  const propagatorTypes = ['b3', 'b3multi', 'jaeger', 'constructor'] as never;
  const { call, headers } = trace({
    allowedTracingUrls: [{ match, propagatorTypes }],
    propagateTraceBaggage: false,
  });
  const [id, span] = call.trace as NonNullable<RequestCall['trace']>;
  const [trace_, parent] = [id, span].map((bits) => bits.toString(16).padStart(16, '0'));
  assert.deepEqual(headers, {
    b3: `${trace_}-${parent}-1`,
    'X-B3-TraceId': trace_,
    'X-B3-SpanId': parent,
    'X-B3-Sampled': '1',
  });
});

test('128 bits: the upper half is the time, as of Datadog tracers', () => {
  const { call, headers } = trace({ traceId128Bit: true });
  const [id, , high] = call.trace as NonNullable<RequestCall['trace']>;
  assert.match(high, /^[0-9a-f]{8}00000000$/);
  assert.ok(Math.abs(Number.parseInt(high.slice(0, 8), 16) - Date.now() / 1000) < 3600);
  assert.equal(headers?.['x-datadog-tags'], `_dd.p.tid=${high}`);
  assert.equal(headers?.['x-datadog-trace-id'], `${id}`);
  assert.ok(headers?.traceparent?.startsWith(`00-${high}${id.toString(16).padStart(16, '0')}-`));
});

test('a URL is matched by its beginning, an expression, a function, or one of a list', () => {
  assert.ok(isTraced('https://api.example.com'));
  assert.ok(!isTraced('api.example.com'));
  assert.ok(isTraced([/nothing/, /users\?id=\d$/]));
  assert.ok(isTraced((url) => url.includes('users')));
  assert.ok(isTraced({ match: /api/ }));
  assert.ok(!isTraced([]));
});

test('a global expression matches each time', () => {
  const match = /users/g;
  assert.deepEqual([isTraced(match), isTraced(match)], [true, true]);
});

test('what is no match option matches nothing, and costs nothing', () => {
  const throws = () => {
    throw new Error('mine');
  };
  const odd = [null, undefined, 7, { match: 7 }, {}, throws] as unknown as Url[];
  assert.ok(!isTraced(odd));
  assert.ok(isTraced([...odd, 'https:']));
});

test('the decision is that of the session, within its own', () => {
  // The hash of this session is 20.8325 %.
  assert.ok(trace({ traceSampleRate: 21 }).headers);
  assert.ok(!trace({ traceSampleRate: 20 }).headers);
  assert.ok(trace({ sessionSampleRate: 42, traceSampleRate: 50 }).headers);
  assert.ok(!trace({ sessionSampleRate: 41, traceSampleRate: 50 }).headers);
});

test('a trace that is not sampled gets headers that say so, if wanted', () => {
  const options = { traceSampleRate: 10, traceContextInjection: 'all' } as const;
  const { call, headers } = trace(options);
  assert.equal(call.trace?.[3], 0);
  assert.equal(headers?.['x-datadog-sampling-priority'], '0');
  assert.equal(headers?.tracestate, 'dd=s:0;o:rum');
  assert.ok(headers?.traceparent?.endsWith('-00'));
  assert.ok(!trace({ ...options, traceContextInjection: 'sampled' }).headers);
});

test('the baggage is in safe characters, whatever the ids are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (user) => {
      const { headers } = trace({}, URL_, { 'user.id': user, 'account.id': '' });
      const [session, member] = headers?.baggage?.split(',') ?? [];
      assert.equal(session, `session.id=${SESSION_ID}`);
      assert.match(member as string, /^user\.id=[\x21-\x2b\x2d-\x7e]+$/);
      assert.equal(decodeURIComponent(member?.slice('user.id='.length) as string), user);
    }),
  );
});
