import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { RequestCall } from '../../js/engine-contract.ts';
import { missingBaggage, traceHeaders } from '../../js/trace.ts';
import type { InitConfiguration, MatchOption, TracingOption } from '../../js/types.ts';
import { OPTIONS, SESSION_ID } from './shim-page.ts';

const URL_ = 'https://api.example.com/v1/users?id=7';
type Url = MatchOption | TracingOption;

function trace(options: Partial<InitConfiguration> = {}, url = URL_, own = '') {
  const call = { input: url } as RequestCall;
  const given = { ...OPTIONS, allowedTracingUrls: ['https://api.example.com/'], ...options };
  const baggage = { 'session.id': SESSION_ID, 'user.id': 'u 1', 'account.id': undefined };
  const headers = traceHeaders(call, given, url, () => own, baggage);
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

test("the page's own members of the baggage stay, and no key comes twice", () => {
  const members = { 'session.id': 's', 'user.id': 'u', 'account.id': undefined };
  const missing = (own: string) => missingBaggage(members, own);
  assert.deepEqual(missing(''), { baggage: 'session.id=s,user.id=u' });
  assert.deepEqual(missing('a=1 , user.id = mine;p=1'), { baggage: 'session.id=s' });
  assert.deepEqual(missing('my.user.id=1,x=user.id=2'), { baggage: 'session.id=s,user.id=u' });
  assert.equal(missing('session.id=1,user.id=2'), '');
});

test('the baggage has each key once, in safe characters, whatever there is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.array(fc.constantFrom('a=1', 'session.id=x', ' user.id=é;q', 'x'.repeat(3000)), {
        maxLength: 4,
      }),
      (user, own) => {
        const text = own.join(',');
        const { baggage = '' } = missingBaggage({ 'session.id': 's', 'user.id': user }, text) || {};
        const members = baggage ? baggage.split(',') : [];
        const keys = [...text.split(','), ...members].map((each) => each.split('=')[0]?.trim());
        for (const key of ['session.id', 'user.id']) {
          const count = keys.filter((each) => each === key).length;
          const before = own.filter((each) => each.trim().startsWith(`${key}=`)).length;
          assert.ok(count <= Math.max(1, before));
        }
        assert.match(baggage, /^[\x21-\x7e]*$/);
      },
    ),
  );
});
